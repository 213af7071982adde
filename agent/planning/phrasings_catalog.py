"""How people ask for operations on the catalog's assets; see `phrasings`."""

from __future__ import annotations

CATALOG: tuple[tuple[str, str], ...] = (
    ("catalog.list_assets", """
        browse {source}
        look around in {source}
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
        which datasets are endorsed
        list the trusted data in {source}
        show gold standard tables
        show me verified tables
        show deprecated tables
        what does {person} own
        how many tables have no owner
        which columns are unclassified
        inventory of our datasets
        tier 1 datasets
        how many views do we have in {source}
        all columns with the data type timestamp
        find all orphaned tables
        inventory of all tables in {source} with their owners
        which tables are not owned by anybody
        show undocumented views
        data products in the {name} domain
        find dashboards owned by {person}
        which dashboards do we have
        which tables do not have quality tests
        tables without a contract
        {tag} data without a steward
        {tag} data that nobody looks after
        {tag} tables with no custodian
        data with no steward
        all {tag} assets
        inventory of data assets
        show the data catalog
        which schemas are there
        list the schemas of {source}
        data products
        which data products are there
        bi reports
        show me our kpis"""),
    ("catalog.get_asset", """
        describe what {asset} is for
        is there documentation for {asset}
        which glossary terms are linked to {asset}
        which tags does {asset} have
        what does {asset} hold
        what does {asset} look like
        how does the table {asset} look
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
        show the page of {asset}
        how many rows does {asset} have
        what are the join keys between {asset} and {asset}
        what is the primary key of {asset}
        which columns does {asset} have
        data dictionary of {asset}
        data sheet of {asset}
        field list of {asset}
        metadata card of {asset}"""),
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
        point of contact for {asset}
        share of tables with an owner by source
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
        which tables have a column named {name}
        we need customer lifetime value data"""),
    ("catalog.describe_asset", """
        add the description {name} to {asset}
        write a business description for {asset}
        update the documentation of {asset}
        document {asset}
        set the comment of {column} to {name}
        fill in the missing description of {column}
        change the description of {asset} to {name}
        add documentation to {column}
        write a readme for {asset}
        annotate {column} with {name}
        edit the docs of {asset}
        describe {column} as {name}
        note in the catalog what {asset} is for
        enter a business description on {column}
        improve the description of {asset}
        add a comment to {asset}: one row per order
        write a description for {column}: the customer's e-mail
        add documentation to {asset}: what it holds"""),
    ("catalog.set_owner", """
        make {person} responsible for {asset}
        assign {person} as owner of {asset}
        hand over {asset} to {person}
        {person} takes over {asset}
        transfer {asset} to {person}
        name {person} as data steward of {asset}
        change the owner of {asset} to {person}
        add {person} as technical owner of {asset}
        appoint {person} as custodian of {asset}
        reassign {asset} from {person} to {person}
        give {asset} to {person}
        put {person} in charge of {asset}
        let {person} own {asset}"""),
    ("catalog.tag_asset", """
        put the tag {tag} on {asset}
        tag {column} as {tag}
        tag {asset} with {tag}
        add a tag to {asset}
        apply the {tag} tag to {column}
        attach the tag {tag} to {asset}
        hang the tag {tag} on {asset}
        earmark {asset} with the tag {tag}
        mark {asset} with the tag {tag}
        give {asset} the tag {tag}
        add the keyword {tag} to {asset}
        stick a {tag} tag on {asset}"""),
    ("catalog.untag_asset", """
        remove the tag {tag} from {asset}
        untag {asset}
        pull the tag {tag} from {asset}
        take the tag {tag} off {asset}
        drop the {tag} tag from {column}
        clear the tag {tag} on {asset}
        delete the tag {tag} of {asset}
        strip {tag} from {asset}
        unassign the tag {tag} from {asset}
        wipe the tag {tag} off {asset}
        remove tag from {column}
        get rid of the tag {tag} on {asset}"""),
    ("catalog.read_sql_lineage", """
        which tables does this query read
        parse this sql and tell its lineage
        where do the columns of this query come from
        what does this sql statement write
        which tables does this sql read
        extract the lineage from this sql
        analyze this select statement
        which columns does this statement touch
        what are the inputs and outputs of this query
        column level lineage of the following sql
        show the sources of this insert statement
        which tables would this merge statement change
        resolve the tables in this sql script
        map this query to its source columns"""),
    ("catalog.get_lineage", """
        what goes into {asset}
        which inputs is {asset} made of
        how does the data get from {asset} to {asset}
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
        upstream and downstream of {asset}
        which dashboards consume {asset}
        show the provenance of {column}
        where does personal data of {asset} flow
        which downstream dashboards use {asset}
        where did {asset} get its data from
        what is {asset} built from
        which reports and dashboards read {asset}
        data supply chain of {asset}
        path that data takes to {asset}
        root sources of {asset}
        upstream systems of {asset}
        how is data moved from {source} into {source}
        in what way does {source} feed {source}
        data flow between {source} and {source}
        cross-source lineage of {source}
        which systems feed {source}
        what connects {source} with {source}
        upstream sources of {source}
        where does {source} get its data from
        how does data travel into {source}"""),
    ("catalog.analyze_impact", """
        who would notice if {asset} was gone
        we intend to remove {asset} what will be affected
        we are going to drop {asset} what is hit
        what will go wrong once {asset} is removed
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
        downstream consequences of renaming {column}
        which consumers must i warn before i change {asset}
        if I change {column} from int to string, which dashboards break
        which reports would be affected if we drop {asset}
        what would happen if I deleted {asset}
        what would happen if I removed {source}
        who would be affected by a change of {column}"""),
    ("catalog.compare_schemas", """
        compare {asset} with {asset}
        compare the schema of {asset} with {asset}
        did the schema of {asset} change
        show schema drift in {source}
        which columns were added to {asset}
        difference between {asset} and {asset}
        what changed in the structure of {source}
        what is different about {asset} today
        which columns were dropped from {asset} last month
        have data types changed in {asset}
        breaking schema changes in {source}
        schema history of {asset}
        are {asset} and {asset} structurally the same
        which tables were renamed in {source}
        new columns in {source} since yesterday
        diff {asset} against {asset}
        schema drift in {source}
        structural changes of {asset}
        did the layout of {asset} change"""),
    ("catalog.register_asset", """
        register a data product {name} made of {asset}
        add the dashboard {name} to the catalog
        create a metric {name}
        create a data product {name} from {asset}
        define the kpi {name} as {name}
        document a report in the catalog
        add a tableau dashboard on {asset}
        publish {asset} as a data product
        bundle {asset} and {asset} into a data product
        add a power bi report to the catalog
        record the file {name} in the catalog
        catalog the spreadsheet {name}
        register a machine learning model trained on {asset}
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
        change the formula of the metric {name}
        edit the url of the dashboard {name}
        remove {asset} from the data product {name}
        set the status of the data product {name} to live
        give the dashboard {name} another owner
        extend the data product {name} by {asset}
        update the registered report {name}
        rename the data product {name}
        edit the description of the metric {name}
        take {asset} out of the data product {name}
        change the description of the dashboard {name}"""),
    ("catalog.delete_asset", """
        delete the data product {name}
        remove {asset} from the catalog
        delete the dashboard {name}
        drop the metric {name} from the catalog
        purge {asset} from our inventory
        erase the catalog entry of {asset}
        hard delete {asset}
        remove the stale entity {asset}
        delete the report {name} from the catalog
        unregister the file {name}
        clean the dropped table {asset} out of the catalog
        get rid of the data product {name}"""),
    ("catalog.export_catalog", """
        export the catalog to a csv file
        download the metadata of {source}
        export all assets with their owners and tags
        dump the catalog to yaml
        download our data dictionary as a spreadsheet
        export the tables of the domain {name}
        extract all descriptions to json
        give me a csv of all tables and owners
        our auditor asks for the inventory as a file
        metadata dump of {source}
        export the assets owned by {person}
        send me the asset list for excel
        export everything tagged {tag}"""),
    ("catalog.find_similar_assets", """
        do we hold tables twice
        tables that duplicate each other
        which tables look alike
        any duplicated tables or datasets
        are there duplicate tables
        which datasets are duplicates of one another
        redundant copies of tables
        are there duplicates of {asset}
        find datasets that look like {asset}
        which tables are redundant to {asset}
        is {asset} a copy of another table
        find near duplicates of {asset}
        assets like {asset}
        which datasets overlap with {asset}
        do we have another version of {asset}
        what else resembles {asset}
        alternatives to {asset}
        redundant copies of {asset}
        is there a better table than {asset}
        tables with almost the same columns as {asset}
        recommend similar datasets to {asset}
        find duplicates of {asset}
        is there a copy of {asset} somewhere
        which tables look the same as {asset}
        possible duplicate tables of {asset}
        what else is like {asset}"""),
    ("catalog.get_usage", """
        stale tables
        which assets are stale
        show stale data in {source}
        dormant datasets that nobody opens
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
        popularity of {asset}
        which dashboards are viewed most often
        show me the most used tables
        least used tables
        assets that have not been used in the last 90 days
        which tables has nobody used for 90 days
        who accessed {asset} in the past month
        which tables are hardly ever queried
        stale and unused datasets"""),
)  # fmt: skip
