"""How people ask for operations on glossary, domains, contracts and quality; see `phrasings`."""

from __future__ import annotations

CURATION: tuple[tuple[str, str], ...] = (
    ("catalog.import_contract", """
        import a data contract for {source}
        put the contract in force
        upload a data contract
        load this odcs yaml
        register this data contract for {source}
        publish the contract below
        add the contract of the producer to {source}
        import an open data contract standard file
        activate this contract for {source}
        bring in the contract from yaml
        adopt the attached data contract
        replace the contract of {source} with this one
        put this contract into effect
        enforce this contract on {source}"""),
    ("catalog.list_contracts", """
        list the active data contracts
        which tables have a contract
        contracts between our data producers and consumers
        show every contract
        how many contracts have we got
        which contracts are broken
        contracts for tables in {source}
        which producers have signed a data contract
        inventory of data contracts
        data contracts in force
        agreements with data producers
        which datasets are covered by contracts"""),
    ("catalog.get_contract", """
        is there a data contract for {asset}
        show the contract of {asset}
        what does the contract of {asset} promise
        open the data contract {name}
        what are the terms of the contract for {asset}
        which service levels apply to {asset}
        show revision 2 of the contract {name}
        which sla does {asset} have
        what has the producer of {asset} committed to
        who signed the contract of {asset}
        guarantees on {asset}
        how often was the contract of {asset} broken
        previous revisions of the contract of {asset}
        what does the contract say about {column}"""),
    ("catalog.export_contract", """
        draft a data contract for {asset}
        generate a data contract from {asset}
        create a contract for {asset}
        export {asset} as odcs
        give me the odcs yaml for {asset}
        turn {asset} into a data contract
        download {asset} as a contract
        propose a data contract for {asset}
        prepare a contract proposal for the producer of {asset}
        bootstrap a contract from the schema of {asset}
        write up {asset} as an open data contract
        scaffold a data contract for {asset}
        set up a data contract for {asset}"""),
    ("catalog.check_contract", """
        validate the contract of {asset} against the latest data
        does {asset} fulfil its contract
        is {asset} in line with its data contract
        validate {asset} against its contract
        run the contract checks of {asset}
        is the contract of {asset} kept
        check the data contract of {asset}
        test {asset} against its data contract
        verify the contract {name}
        is anything in breach of the contract of {asset}
        does {asset} meet its sla
        are the service levels of {asset} met
        run contract validation for {asset}
        has the producer of {asset} broken the contract
        contract test for {asset}"""),
    ("catalog.certify_asset", """
        certify {asset} as gold
        promote {asset} to gold certification
        mark {asset} as certified
        endorse {asset}
        give {asset} the verified badge
        award a bronze certification to {asset}
        approve {asset} as trusted data
        declare {asset} golden
        make {asset} a certified data asset
        grant {asset} silver certification
        upgrade the certification of {asset} to gold
        mark {asset} as verified
        add a certificate to {asset}
        set the certification of {asset} to gold"""),
    ("catalog.deprecate_asset", """
        retire {asset}
        decommission {asset}
        take {asset} out of service
        mark {asset} as deprecated because {name}
        deprecate {asset} in favour of {asset}
        retire the table {asset}
        sunset {asset}
        phase out {asset}
        flag {asset} as obsolete
        set the status of {asset} to deprecated
        declare {asset} deprecated, use {asset} instead
        add a deprecation notice to {asset}
        replace {asset} with {asset} and deprecate the old one
        deprecate {column}
        announce the end of life of {asset}
        mark {asset} as legacy, nobody should use it"""),
    ("catalog.reinstate_asset", """
        bring back the deprecated table {asset}
        undo the deprecation of {asset}
        undeprecate {asset}
        reactivate the table {asset}
        restore {asset}, it is needed again
        remove the deprecation from {asset}
        mark {asset} as active again
        take back the sunset of {asset}
        clear the deprecated flag on {asset}
        reverse the retirement of {asset}
        cancel the deprecation of {asset}
        lift the deprecation notice from {asset}
        un-retire {asset}"""),
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
        set up an assertion on {column}
        expect the row count of {asset} to stay above 1000
        alert when {asset} is older than a day
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
        check the quality of {asset} now
        run assertions on {asset}
        trigger a soda scan of {asset}
        evaluate the expectations of {asset}
        rerun the failed quality checks of {asset}
        test the data in {asset}
        measure the quality of {asset}
        kick off data quality validation for {asset}
        validate the data of {asset} again
        test {column} now
        run all checks on {column}"""),
    ("catalog.list_quality_checks", """
        what are the most common data quality issues
        which data quality rules failed since yesterday
        which data quality tests are failing right now
        failing assertions in {source}
        show all failed data quality checks
        list every expectation that we have defined
        overview of data quality checks
        which quality tests have never been run
        data quality incidents of the last week
        quality rules defined in {source}
        how many quality checks passed
        are any data quality tests broken
        did all quality checks pass
        what quality checks do we have
        data quality score of {source}
        which tables have quality problems
        data quality dashboard
        show failing expectations
        failing data tests
        tables with bad data
        data quality incidents in {source}
        dq scorecard
        how good is our data"""),
    ("catalog.get_quality", """
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
        did the last quality run of {asset} pass
        history of the checks on {column}
        how good is the data in {asset}
        test results of {asset}
        expectation suite of {asset}
        assertions on {asset}
        dq score of {asset}"""),
    ("catalog.profile_asset", """
        profile the table {asset}
        compute statistics of {asset}
        profile the data in {asset}
        start profiling {asset}
        run a data profile on {asset}
        refresh the profile of {asset}
        scan {asset} for its value distributions
        calculate column statistics for {asset}
        collect stats on {asset}
        update the profiling results of {asset}
        create a statistical summary of {asset}
        recompute min, max and quantiles of {asset}
        compute percentiles for {column}
        analyze table {asset} compute statistics
        reprofile {asset}"""),
    ("catalog.get_profile", """
        what percentage of {column} is null
        how many distinct values has {column}
        column statistics of {asset}
        min and max of {column}
        average of {column}
        value distribution of {column}
        completeness of {column}
        what does the data in {column} look like statistically
        how many records does {asset} hold
        most frequent values of {column}
        are there outliers in {column}
        range of values in {column}
        when was {asset} last profiled
        median and quantiles of {column}
        how sparse is {column}
        distinct values of {column}
        which values occur in {column}
        fill rate of {column}
        cardinality of {column}"""),
    ("catalog.create_glossary_term", """
        define a business term for {name}
        add a business term {name}
        write a glossary entry about {name}
        add a glossary term {name}: meaning
        create a business term
        define {name} in the glossary
        create a glossary entry for {name}
        new business term {name}
        add {name} to the business vocabulary
        document the term {name} in the glossary
        introduce the term {name}, owned by {person}
        register a business term {name} in the domain {name}
        enter the kpi definition {name} in the glossary
        add an acronym to the glossary
        set up the business glossary with {name}
        put the word {name} into the data dictionary"""),
    ("catalog.update_glossary_term", """
        change the definition of the term {name}
        approve the term {name}
        rename the glossary term {name} to {name}
        reword the definition of {name}
        edit the glossary term {name}
        publish the term {name}
        move the term {name} to the domain {name}
        make {person} the owner of the glossary term {name}
        set the status of the term {name} to approved
        correct the glossary entry {name}
        sign off the draft term {name}
        mark the business term {name} as deprecated
        update the meaning of the term {name}
        change the meaning of {name} in the glossary"""),
    ("catalog.get_glossary_term", """
        what is the definition of {name} in our glossary
        how is {name} defined
        what does {name} stand for
        what is the official definition of {name}
        how do we define churn
        what does the business term {name} mean
        definition of the term {name}
        look up {name} in the glossary
        what do we mean by {name}
        synonyms of the glossary term {name}
        who owns the glossary term {name}
        related terms of {name}"""),
    ("catalog.list_glossary_terms", """
        glossary terms in the domain {name}
        which terms have no description
        terms without an owner
        glossary terms without a definition
        show all business terms
        what is in our glossary
        browse the business glossary
        which terms await approval
        approved business terms
        how many terms does the glossary have
        glossary terms attached to {asset}
        terms of the domain {name}
        full vocabulary list
        draft definitions
        which acronyms have been defined
        list business definitions alphabetically
        which glossary terms lack a definition
        business glossary
        glossary overview
        kpi definitions
        our business vocabulary
        which terms are defined
        glossary terms without an owner"""),
    ("catalog.link_glossary_term", """
        add the glossary term {name} to {column}
        explain {column} by the glossary term {name}
        attach the term {name} to {asset}
        {asset} is explained by the term {name}
        map {column} to the business term {name}
        associate {column} with the term {name}
        assign the business term {name} to {asset}
        tie {column} to the glossary
        apply the glossary term {name} to {column}
        use the term {name} for {column}
        relate the term {name} to {asset}
        tag {asset} with the glossary term {name}
        put the business term {name} on {column}
        bind {name} to {asset} as its glossary term
        link the term {name} to {column}
        attach the business term {name} to {asset}
        connect the glossary term {name} with {asset}
        map {asset} to the business term {name}"""),
    ("catalog.relate_glossary_terms", """
        mark {name} as a synonym of {name} in the glossary
        the term {name} is broader than {name}
        make {name} a narrower term of {name}
        set {name} as the parent term of {name}
        link two glossary terms as related
        note that {name} is an antonym of {name}
        add a synonym to the term {name}
        relate {name} and {name} in the glossary
        put the term {name} under {name} in the hierarchy
        declare the term {name} part of {name}
        say that the glossary term {name} replaces {name}
        add a related term to {name}"""),
    ("catalog.delete_glossary_term", """
        discard the glossary term {name}
        remove the term {name} from the glossary
        drop the glossary term {name}
        delete the business term {name}
        erase {name} from the business vocabulary
        get rid of the glossary entry {name}
        throw the term {name} out of the glossary
        delete the definition {name} from the glossary
        remove the obsolete business term {name}
        purge the draft term {name}
        take the word {name} out of the glossary
        remove the duplicate term {name}
        delete glossary term {name} and its links
        delete the obsolete glossary term {name}
        remove the business term {name}"""),
    ("catalog.list_domains", """
        which domains have no data products
        domains without an owner
        list all data domains
        which domains do we have
        how is our business organised into domains
        which domains does {person} own
        subdomains of {name}
        how many domains are there
        domain hierarchy
        number of assets per domain
        our data mesh domains and their owners
        which business areas are defined
        browse the domain tree
        domains without assets"""),
    ("catalog.get_domain", """
        what belongs to the domain {name}
        who owns the domain {name}
        details of the domain {name}
        who runs the {name} domain
        which sources lie in the domain {name}
        subdomains and assets of the domain {name}
        tell me about the {name} domain
        what data does the business area {name} have
        scope of the domain {name}
        which data products belong to the domain {name}
        what is the domain {name} about
        domain page of {name}"""),
    ("catalog.create_domain", """
        create a marketing domain
        add a domain {name}
        carve out a new domain {name} within {name}
        set up a domain for {name}
        new business domain {name} with {person} as owner
        create a subdomain {name} under {name}
        establish a data domain {name}
        spin up a data mesh domain for {name}
        introduce the business area {name}
        make a domain called {name}
        register the domain {name}
        open a new domain for logistics"""),
    ("catalog.update_domain", """
        rename the domain {name} to {name}
        change the owner of the domain {name}
        edit the description of the domain {name}
        move the domain {name} under {name}
        give the domain {name} a new owner
        describe the domain {name} as {name}
        make {name} a subdomain of {name}
        set the parent of the domain {name}
        hand the domain {name} over to {person}
        rebrand the {name} domain
        update the domain {name}
        nest the domain {name} within {name}"""),
    ("catalog.delete_domain", """
        tear down the business domain {name}
        drop the domain {name}
        get rid of the domain {name}
        remove the empty domain {name}
        delete the {name} business area
        dissolve the domain {name}
        abolish the data domain {name}
        erase the subdomain {name}
        clear away the domain {name}
        purge the domain {name} but keep its assets
        delete the unused domain {name}
        remove the {name} domain from the hierarchy"""),
    ("catalog.set_domain", """
        move {asset} into the domain {name}
        assign the domain {name} to {asset}
        add {asset} to the {name} domain
        put the table {asset} under the domain {name}
        change the domain of {asset} to {name}
        remove {asset} from its domain
        file {asset} under the domain {name}
        associate {asset} with the domain {name}
        transfer {asset} from the domain {name} to {name}
        unset the domain of {asset}
        place the dashboard {name} in the domain {name}"""),
    ("catalog.set_source_domain", """
        let the schema {name} of {source} fall under the domain {name}
        assign the source {source} to the domain {name}
        put all tables of {source} into the domain {name}
        move the database {source} into the domain {name}
        map the schema {name} of {source} to a domain
        add the whole schema {name} to the domain {name}
        set the domain of the source {source}
        take the source {source} out of its domain
        file the database {source} under the domain {name}
        place new tables of {source} in the domain {name} by default
        change the domain of the whole database {source}
        associate the source {source} with the business domain {name}
        move {source} into the Customer domain
        put the whole source {source} into the domain {name}"""),
)  # fmt: skip
