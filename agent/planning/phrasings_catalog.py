"""How people ask for operations on the catalog; see `phrasings`."""

from __future__ import annotations

CATALOG: tuple[tuple[str, str], ...] = (
    ("catalog.list_assets", """
        how many assets are in the domain {name}
        tables in the collection {name}
        datasets owned by the team {name}
        tables owned by {person}
        which assets of {person} are certified
        all assets owned by the team {name}
        assets in the domain {name} that are verified
        what percentage of our columns is documented
        share of tables with a description
        tables tagged {tag} without an owner
        tables that have never been documented
        sensitive tables without an owner
        which assets does {person} own
        what tables are there in the database {source}
        which columns are not classified
        which tables are tagged {tag} and have no owner
        which tables have the most rows
        how complete is our documentation
        list the tables in {source}
        which tables have no owner
        tables without a description
        which assets are tagged {tag}
        which dashboards are there
        which data products do we offer
        which metrics are there
        which assets are certified
        show deprecated tables
        what does {person} own
        how many tables have no owner
        which columns are unclassified
        inventory of our datasets
        find all orphaned tables
        inventory of all tables in {source} with their owners
        which tables are not owned by anybody
        show undocumented views
        data products in the {name} domain
        find dashboards owned by {person}
        which dashboards do we have
        which tables do not have quality tests
        tables without a contract"""),
    ("catalog.get_asset", """
        describe what {asset} is for
        is there documentation for {asset}
        which glossary terms are linked to {asset}
        which tags does {asset} have
        what does {asset} hold
        tell me what is in {asset}
        summary of the metadata of {asset}
        what tier is {asset}
        how is the view {asset} built
        who uses and owns {asset}
        what is the table {asset} used for
        explain the meaning of {column}
        purpose of {asset}
        what does the table {asset} contain
        what is in {asset}
        primary and foreign keys of {asset}
        what fields are in {asset}
        tell me about the table {asset}
        what columns does {asset} have
        what does the column {column} mean
        data type of {column}
        primary key of {asset}
        overview of the table {asset}
        which foreign keys has {asset}
        schema of {asset}
        metadata of {asset}
        how many rows does {asset} have
        what are the join keys between {asset} and {asset}
        what is the primary key of {asset}
        which columns does {asset} have"""),
    ("catalog.list_owners", """
        suggest an owner for {asset}
        who would be a good owner of {asset}
        who can i talk to about {asset}
        who should i ask about {asset}
        whom do i turn to about {asset}
        data stewards of {asset}
        show the owners
        list all owners
        who is responsible for {asset}
        whom should i contact about {asset}
        who owns what
        which person is accountable for {asset}
        who is the data steward of {asset}
        who babysits {asset}
        who should I talk to about {asset}
        who takes care of {asset}
        who is the data steward for {asset}"""),
    ("catalog.search_assets", """
        what data do we have about subscriptions
        do we have a metric for recurring revenue
        is there anything on churn
        files about contracts
        which tables are related to revenue
        which datasets are about {asset}
        which table is used for shipping
        find columns about discounts
        assets whose name contains {name}
        search for {name}
        look up the dataset for shipments
        tables with a {column} column
        find tables about revenue
        where can i find revenue numbers
        which dataset should i use for revenue
        search the catalog for shipping
        is there a table with renewals
        which tables have a column named {name}"""),
    ("catalog.describe_asset", """
        add the description {name} to {asset}
        write a business description for {asset}
        update the documentation of {asset}
        document {asset}
        add a comment to {asset}: one row per order
        write a description for {column}: the customer's e-mail
        add documentation to {asset}: what it holds"""),
    ("catalog.set_owner", """
        make {person} responsible for {asset}
        assign {person} as owner of {asset}
        hand over {asset} to {person}
        {person} takes over {asset}
        transfer {asset} to {person}"""),
    ("catalog.tag_asset", """
        put the tag {tag} on {asset}
        tag {column} as {tag}"""),
    ("catalog.untag_asset", """
        remove the tag {tag} from {asset}
        untag {asset}"""),
    ("catalog.read_sql_lineage", """
        which tables does this query read
        parse this sql and tell its lineage
        where do the columns of this query come from
        what does this sql statement write
        which tables does this sql read"""),
    ("catalog.get_lineage", """
        does any report depend on {asset}
        data lineage of the dataset {name}
        where does {asset} come from
        trace {asset} back to its raw sources
        which pipelines write to {asset}
        which notebooks read from {asset}
        help me understand how {asset} is built
        does anything depend on {asset}
        which upstream table changed
        how is {name} calculated
        trace how {label} travels from {asset} to {source}
        root sources behind {asset}
        which tables are joined with {asset}
        show the lineage of {asset}
        where does {asset} get its numbers from
        what feeds {asset}
        how are {asset} and {asset} connected
        trace {asset} to its sources
        column lineage of {column}
        which reports are built on {asset}
        how does data flow from {asset} to {asset}
        what is downstream of {asset}
        which tables does the view {asset} read
        where does personal data of {asset} flow
        which downstream dashboards use {asset}
        where did {asset} get its data from
        what is {asset} built from"""),
    ("catalog.analyze_impact", """
        who would notice if {asset} was gone
        before i drop {asset} tell me who would be affected
        what would we lose without {asset}
        run an impact analysis on {asset}
        what is affected downstream if {asset} is deprecated
        we want to retire {asset} what depends on it
        what happens when {asset} goes
        what breaks if {asset} changes
        impact analysis of {asset}
        can i safely drop {column}
        who is affected if {asset} is deleted
        blast radius of {asset}
        what depends on {asset} before it is retired
        if I change {column} from int to string, which dashboards break
        which reports would be affected if we drop {asset}
        what would happen if I deleted {asset}
        what would happen if I removed {source}
        who would be affected by a change of {column}"""),
    ("catalog.import_contract", """
        import a data contract for {source}
        put the contract in force"""),
    ("catalog.list_contracts", """
        list the active data contracts
        which tables have a contract"""),
    ("catalog.get_contract", """
        is there a data contract for {asset}
        show the contract of {asset}
        what does the contract of {asset} promise"""),
    ("catalog.export_contract", """
        draft a data contract for {asset}
        generate a data contract from {asset}
        create a contract for {asset}"""),
    ("catalog.check_contract", """
        validate the contract of {asset} against the latest data
        does {asset} fulfil its contract
        is {asset} in line with its data contract
        validate {asset} against its contract
        run the contract checks of {asset}
        is the contract of {asset} kept
        check the data contract of {asset}"""),
    ("catalog.certify_asset", """
        certify {asset} as gold
        promote {asset} to gold certification
        mark {asset} as certified"""),
    ("catalog.deprecate_asset", """
        mark {asset} as deprecated because {name}
        deprecate {asset} in favour of {asset}
        retire the table {asset}"""),
    ("catalog.reinstate_asset", """
        bring back the deprecated table {asset}
        undo the deprecation of {asset}"""),
    ("catalog.define_quality_check", """
        require that {column} is between 0 and 100
        ensure {column} is unique
        enforce that {column} is filled
        add a not null test on {column}
        {column} must be unique
        make sure {column} is never empty
        create a freshness check on {asset} no older than 24 hours
        {column} must not be negative
        {column} may only be one of these values
        monitor the row count of {asset}
        monitor the quality of {asset}
        add a data quality rule for {column}
        set up a null check on {column}
        set up a uniqueness check on {column}
        order totals in {asset} must always be positive, add a check for that
        alert me when the row count of {asset} drops below 1000
        make sure {column} is one of the ISO codes
        add an expectation that {column} is never null
        {column} should always be filled
        create a data quality rule that {column} is not negative
        the table {asset} must be refreshed every day"""),
    ("catalog.run_quality_checks", """
        run the data quality tests of {asset}
        execute the checks on {asset}
        check the quality of {asset} now"""),
    ("catalog.get_quality", """
        what are the most common data quality issues
        failing assertions on {asset}
        failing test cases of {asset}
        assess the data quality of {asset}
        freshness of {asset}
        how fresh is {asset}
        data quality issues of {asset}
        how accurate is {asset}
        is the data in {asset} reliable
        what is the quality score of {asset}
        failing data quality checks on {asset}
        data quality of {asset}
        which quality tests exist for {asset}
        can i trust {asset}
        quality issues of {asset}
        which data quality rules failed in the last 24 hours
        which quality checks are failing right now
        how good is the data in {asset}"""),
    ("catalog.profile_asset", """
        profile the table {asset}
        compute statistics of {asset}"""),
    ("catalog.get_profile", """
        what percentage of {column} is null
        how many distinct values has {column}
        column statistics of {asset}
        min and max of {column}
        average of {column}
        value distribution of {column}
        completeness of {column}"""),
    ("catalog.compare_schemas", """
        compare {asset} with {asset}
        compare the schema of {asset} with {asset}
        did the schema of {asset} change
        show schema drift in {source}
        which columns were added to {asset}
        difference between {asset} and {asset}
        what changed in the structure of {source}"""),
    ("catalog.create_glossary_term", """
        add a glossary term {name}: meaning
        create a business term
        define {name} in the glossary"""),
    ("catalog.update_glossary_term", """
        change the definition of the term {name}
        approve the term {name}
        change the meaning of {name} in the glossary"""),
    ("catalog.get_glossary_term", """
        what is the definition of {name} in our glossary
        how is {name} defined
        what does {name} stand for
        what is the official definition of {name}
        how do we define churn
        what does the business term {name} mean
        definition of the term {name}"""),
    ("catalog.list_glossary_terms", """
        glossary terms in the domain {name}
        which terms have no description
        terms without an owner
        glossary terms without a definition
        show all business terms
        what is in our glossary
        which glossary terms lack a definition
        which glossary terms are linked to {asset}"""),
    ("catalog.link_glossary_term", """
        add the glossary term {name} to {column}
        explain {column} by the glossary term {name}
        attach the term {name} to {asset}
        {asset} is explained by the term {name}
        link the term {name} to {column}
        attach the business term {name} to {asset}
        connect the glossary term {name} with {asset}
        map {asset} to the business term {name}"""),
    ("catalog.relate_glossary_terms", """
        mark {name} as a synonym of {name} in the glossary
        the term {name} is broader than {name}"""),
    ("catalog.list_domains", """
        which domains have no data products
        domains without an owner
        list all data domains
        which domains do we have"""),
    ("catalog.get_domain", """
        what belongs to the domain {name}
        who owns the domain {name}"""),
    ("catalog.create_domain", """
        create a marketing domain
        add a domain {name}"""),
    ("catalog.set_domain", """
        move {asset} into the domain {name}
        assign the domain {name} to {asset}"""),
    ("catalog.register_asset", """
        register a data product {name} made of {asset}
        add the dashboard {name} to the catalog
        create a metric {name}
        create a data product {name} from {asset}
        create a data product draft named Customer360 from {asset}
        create a new data product called {name} out of {asset}
        define a data product {name} with {asset} in it
        add our dashboard {name} to the catalog
        register the report {name} that reads {asset}
        create a KPI metric {name}"""),
    ("catalog.update_asset", """
        add {asset} to the data product {name}
        retire the dashboard {name}
        rename the metric {name}
        change the description of the dashboard {name}"""),
    ("catalog.delete_asset", """
        delete the data product {name}
        remove {asset} from the catalog"""),
    ("catalog.export_catalog", """
        export the catalog to a csv file
        download the metadata of {source}"""),
    ("catalog.find_similar_assets", """
        are there duplicates of {asset}
        find datasets that look like {asset}
        which tables are redundant to {asset}
        find duplicates of {asset}
        is there a copy of {asset} somewhere
        which tables look the same as {asset}
        possible duplicate tables of {asset}
        what else is like {asset}"""),
    ("catalog.get_usage", """
        tables that have not been used in the last 90 days
        which queries run most often on {asset}
        most queried tables
        who uses {asset} most
        what are our most popular datasets
        which tables has nobody used
        who are the top users of {asset}
        is {asset} still being used
        top tables by usage
        unused tables
        show me the most used tables
        least used tables
        assets that have not been used in the last 90 days
        which tables has nobody used for 90 days
        who accessed {asset} in the past month
        which tables are hardly ever queried
        stale and unused datasets"""),
    ("catalog.delete_glossary_term", """
        delete the obsolete glossary term {name}
        remove the business term {name}"""),
    ("catalog.set_source_domain", """
        move {source} into the Customer domain
        put the whole source {source} into the domain {name}"""),
)  # fmt: skip
