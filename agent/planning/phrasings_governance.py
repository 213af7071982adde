"""How people ask for operations on sources, scans, labels and compliance; see `phrasings`."""

from __future__ import annotations

GOVERNANCE: tuple[tuple[str, str], ...] = (
    ("data_sources.list_sources", """
        inventory of all data sources with their owners
        which databases are hooked up
        which systems are you plugged into
        which systems have been registered here
        where does our data live
        list all catalogs and schemas
        which integrations do we have with databases
        how many data sources are connected
        list all connections
        which platforms are connected
        which systems are catalogued
        what databases do we have
        which sources are in production
        do we use duckdb anywhere"""),
    ("data_sources.get_source", """
        tell me about the source {source}
        where does the source {source} lie
        details of the source {source}"""),
    ("data_sources.summarize_source", """
        how many tables does {source} have
        overview of the source {source}
        how big is the database {source}
        compare {source} and {source}
        what is in the source {source}
        summary of {source}
        how well documented is {source}
        one-page overview of {source}"""),
    ("data_sources.list_connectors", """
        how do i connect {name}
        onboard a {name} account
        which connectors are supported
        does the platform support {name} and {name}
        can you connect to {name}
        is {name} supported as a source
        what kinds of databases can be connected
        what kinds of systems could i connect
        which databases can i connect
        do you have a connector for Snowflake
        which databases can I connect
        do you support BigQuery"""),
    ("data_sources.check_health", """
        is the source {source} up
        is the connection to {source} working
        check the health of {source}
        can we reach {source}
        which version of the database does {source} run on
        the ingestion from {source} is failing, can you check the connection
        is {source} reachable"""),
    ("data_sources.preview_rows", """
        preview {asset}
        show sample data of {asset}
        top 10 rows of {asset}"""),
    ("data_sources.discover_assets", """
        re-crawl {source} because tables were added
        refresh the metadata of {source}
        re-crawl {source}
        ingest the metadata of {source}
        sync the schema of {source}
        run a crawler on {source}"""),
    ("data_sources.update_source", """
        change the environment of the source {source} to production
        set the location of {source}
        mark the source {source} as production
        the source {source} belongs to {person}"""),
    ("data_sources.rotate_credentials", """
        change the password of {source}
        update the credentials of the source {source}"""),
    ("data_sources.remove_source", """
        disconnect the source {source}
        delete the source {source} with its metadata"""),
    ("scan_rule_sets.list_rule_sets", """
        what are the classification rules for {label}
        what scan rule sets can be chosen
        list the detection rules"""),
    ("scan_rule_sets.get_rule_set", """
        which detectors are in the rule set {rule_set}
        what does the rule set {rule_set} detect
        which detectors does it use"""),
    ("scan_rule_sets.test_rule_set", """
        would the rule set {rule_set} recognise {name}
        would our rules detect {name} as {label}
        test the detectors on {name} in a column named {name}
        which detectors match these values"""),
    ("scan_rule_sets.suggest_rules", """
        recommend detection rules for {asset}
        suggest a scan rule set for {source}
        which detectors should i use for {asset}
        suggest classification rules for the columns of {asset}
        propose detectors for {asset}"""),
    ("scan_rule_sets.clone_rule_set", """
        make a copy of the rule set {rule_set} named {name}
        copy the rule set {rule_set} to {name}"""),
    ("scan_rule_sets.learn_detector", """
        build a detector from these examples
        which pattern do these values have in common
        generate a regular expression for these values
        create a custom classifier that detects our customer numbers like NL-123456
        teach the scanner to recognise employee ids"""),
    ("scan_rule_sets.update_rule_set", """
        add a detector to the rule set {rule_set}
        retire the rule set {rule_set}
        change the sample size of the rule set {rule_set}"""),
    ("classifications.list_classified_columns", """
        review the suggested labels
        columns with {label} in them
        any {label} lying around
        where do we keep people's private details
        show the GDPR-relevant columns of {source}
        find sensitive data stored in {source}
        columns that still need a sensitivity label
        columns whose suggested labels wait for review
        pii fields of {asset}
        where do we store {label}
        which columns are classified as {label}
        which tables contain {label}
        find all columns with {label}
        do we keep any {label} in {source}
        show restricted data
        which columns are sensitive
        which classifications are not reviewed
        inventory of personal data
        what personal data do we have
        show me files containing passport numbers
        what unprotected sensitive data do we have
        what personal data do we transfer outside the EU
        locate every place where her email is stored
        are there any columns with {label}"""),
    ("classifications.get_asset_classification", """
        what classification does {asset} have
        how sensitive is {column}
        is {column} sensitive
        which labels are on {asset}
        is {column} personal data
        does {asset} contain {label}"""),
    ("classifications.explain_classification", """
        why was {column} flagged as {label}
        why is {column} labelled personal
        on what evidence is {column} classified
        explain the classification of {column}"""),
    ("classifications.summarize_sensitivity", """
        breakdown of data by sensitivity level
        summarise our sensitive data landscape
        how much personal data is in {source}
        how many sensitive columns are there
        share of classified columns
        which data sources contain the most sensitive data
        how much of our data is sensitive
        summarize our data estate"""),
    ("classifications.list_labels", """
        what classifications are available in our taxonomy
        which data classes map to {framework}
        which labels touch {framework}
        list the classification labels
        which sensitivity levels are there
        which labels matter for {framework}
        what kinds of data does {framework} concern
        which labels fall under {framework}
        labels that are regulated by {framework}"""),
    ("classifications.create_label", """
        create a new classification called {name} with confidential sensitivity
        define a new label {name} in the taxonomy
        add a data class {name}"""),
    ("classifications.update_label", """
        change the label {label} to restricted
        rename the label {label} to {name}
        make the label {label} confidential
        set the sensitivity of the label {label}"""),
    ("classifications.set_classification", """
        mark {column} as {label}
        classify {column} as {label}
        set the classification of {column} to {label}
        {column} contains {label}
        set the sensitivity of {column} to restricted
        mark {column} as confidential
        flag {column} as personal data"""),
    ("classifications.confirm_classification", """
        approve the pending classification on {column}
        approve the suggested label on {column}
        accept the classification of {column}
        the label {label} of {column} is right"""),
    ("classifications.reject_classification", """
        {column} is not {label}
        the classification of {column} is wrong
        remove the label {label} from {column}
        false positive on {column}
        that is a false positive: {column} is not a person's name
        {column} is no e-mail address"""),
    ("classifications.classify_asset", """
        auto-classify the columns of {asset}
        run the classifier on {asset}
        detect what {asset} holds
        detect sensitive columns in {asset} and label them
        classify all columns of {asset}
        find and label the personal data in {asset}
        run auto-classification on {asset}"""),
    ("classifications.propagate_classification", """
        push the labels of {asset} down to derived tables
        propagate {label} of {asset} along the lineage
        carry the classification of {asset} downstream
        propagate the PII tags of {asset} to all downstream tables
        copy the labels of {asset} to everything derived from it"""),
    ("classifications.list_lessons", """
        what has been learned from our decisions
        which decisions have taught the classifier
        what did the scans learn"""),
    ("compliance.list_frameworks", """
        which regulations apply to our data
        which regulations do you support
        which standards are we measured against"""),
    ("compliance.get_framework", """
        describe {framework}
        what is in {framework}
        give me an overview of {framework}"""),
    ("compliance.list_rules", """
        which policies apply to {label}
        which rules apply to {asset}
        which rules are mapped to {framework}
        how long do we keep data
        retention policies
        list our governance policies
        which policies apply under {framework}
        what rules check {framework}
        which of our rules are critical
        which rules cover credit card data
        how do we enforce data retention
        what is the retention period of {asset}"""),
    ("compliance.get_rule", """
        what does the policy {rule} check
        explain the rule {rule}
        show the rule about {name}"""),
    ("compliance.create_rule", """
        create a policy that every {label} column needs an owner
        add a compliance rule that tables have a description
        define a rule: sources in production are scanned every 7 days
        set up a policy for retention
        create me a data protection rule named sample when the asset contains data class ssn
        add a policy that every table has an owner"""),
    ("compliance.update_rule", """
        disable the rule {rule}
        set the severity of the rule {rule} to high
        change the policy {rule}
        turn the policy {rule} on"""),
    ("compliance.map_control", """
        map the rule {rule} to {control}
        the rule {rule} serves {control}
        unmap {rule} from {framework}
        map our masking rule to {control}
        link the rule {rule} to the control {control}"""),
    ("compliance.test_rule", """
        try the rule {rule} on {source}
        what would the rule {rule} find
        dry run of the rule {rule}"""),
    ("compliance.list_findings", """
        what is in the way of {framework} compliance for {source}
        which controls of {framework} are not met
        unresolved issues of high severity
        compliance issues of {source}
        list critical violations
        show open policy violations for {source}
        which findings are overdue
        why does {source} fail {framework}
        what fails now
        which issues are assigned to {person}
        findings of {person}
        which tables violate {rule}
        what is wrong with {asset}
        what should we fix first
        who is responsible for the overdue findings
        which tables violate retention
        why do we fail {framework}"""),
    ("compliance.get_posture", """
        would {source} pass a {framework} audit
        what keeps {source} from being compliant with {framework}
        health of our data estate
        where do we fall short of {framework}
        report on {framework} compliance of {source}
        how ready are we for {framework}
        compliance score by framework
        compliance status of {source}
        does {source} meet {framework}
        how do we stand on {framework}
        how compliant is {source}
        governance posture of {source}"""),
    ("compliance.find_gaps", """
        what parts of {framework} do we not check
        what are we not checking
        requirements that nothing checks
        which controls of {framework} are not covered
        gap assessment against {framework}
        which sources were never scanned
        which tables are not scanned
        where are we exposed
        which requirements have no rule"""),
    ("compliance.evaluate_compliance", """
        re-run the assessment of {framework} for {source}
        start a compliance check of {source} against {framework}
        assess {source} against {framework}"""),
    ("compliance.import_framework", """
        import an OSCAL catalog
        load the framework from OSCAL"""),
    ("compliance.search_controls", """
        which controls talk about encryption
        find safeguards of {framework} regarding audit logs
        search controls for retention
        what does {framework} say about consent
        which requirements deal with erasure"""),
    ("compliance.get_control", """
        what does {control} say
        explain the control {control}
        what does {framework} article {name} require"""),
    ("compliance.find_equivalent_controls", """
        which controls of {framework} map to {control}
        crosswalk of {control} to {framework}
        what corresponds to {control} in {framework}"""),
    ("compliance.assign_finding", """
        turn these findings into tasks for the owners
        assign the finding {name} to {person}
        {person} should fix the finding {name}
        assign the finding about card data retention in {asset} to {person}, due by 31 December
        make {person} responsible for the finding {name}
        give this finding to {person}"""),
    ("compliance.resolve_finding", """
        close the finding {name} because it was fixed
        mark the finding {name} as resolved"""),
    ("compliance.waive_finding", """
        accept the risk of the finding {name} until the end of the year because it goes away
        request an exception for the finding {name}
        request an exception for the retention finding on {asset} until the end of March
        accept the risk of the finding {name} until June"""),
    ("compliance.confirm_waiver", """
        approve the waiver of the finding {name}"""),
    ("compliance.export_report", """
        prepare an audit report of {framework} for {source}
        export the findings of {framework}
        generate evidence for the auditor
        compliance report of {framework} as CSV
        download the compliance report
        download the evidence for {framework}"""),
    ("scan_logic.list_scans", """
        did any scans fail
        when did we last scan {source}
        scan history of {source}
        which scans failed this week
        which scans are running"""),
    ("scan_logic.get_scan", """
        how is the scan of {source} going
        did the last scan finish"""),
    ("scan_logic.get_scan_results", """
        what did the last scan of {source} turn up
        results of the scan"""),
    ("scan_logic.start_scan", """
        kick off another scan on {source}
        go over {source} again looking for sensitive data
        have another look at {source} for personal data
        scan {source} once more
        set up a scan of {source} for {label}
        run a discovery scan for personal data on {source}
        scan {source} for sensitive data
        start a full scan of {source}
        trigger a full scan of {source}"""),
    ("scan_logic.cancel_scan", """
        stop the running scan of {source}"""),
    ("scan_logic.pause_scan", """
        pause the running scan of {source}"""),
    ("scan_logic.compare_scans", """
        has anything been found since the last scan of {source}
        what is new since the last scan of {source}
        difference between the last two scans of {source}
        show the difference between the last two scans of {source}
        what is new since the previous scan of {source}"""),
    ("scan_logic.estimate_scan", """
        how long will a scan of {source} take
        how expensive is scanning {source}"""),
    ("compliance.get_finding", """
        why was the finding {name} raised
        explain how to remediate the finding {name}
        how do i fix the finding {name}
        remediate {name}"""),
    ("data_sources.register_source", """
        bring the database at {name} on board
        pull in the folder {name}
        register an Azure SQL source
        hook up our MySQL server
        connect the database {name}
        onboard a new {name} account
        how do i connect a source"""),
)  # fmt: skip
