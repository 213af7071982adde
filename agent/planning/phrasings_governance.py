"""How people ask for operations on scans, labels and compliance; see `phrasings`."""

from __future__ import annotations

GOVERNANCE: tuple[tuple[str, str], ...] = (
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
        which detectors should i use for {asset}"""),
    ("scan_rule_sets.clone_rule_set", """
        make a copy of the rule set {rule_set} named {name}
        copy the rule set {rule_set} to {name}"""),
    ("scan_rule_sets.learn_detector", """
        build a detector from these examples
        which pattern do these values have in common
        generate a regular expression for these values"""),
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
        what personal data do we have"""),
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
        share of classified columns"""),
    ("classifications.list_labels", """
        what classifications are available in our taxonomy
        which data classes map to {framework}
        which labels touch {framework}
        list the classification labels
        which sensitivity levels are there
        which labels matter for {framework}
        what kinds of data does {framework} concern"""),
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
        {column} contains {label}"""),
    ("classifications.confirm_classification", """
        approve the pending classification on {column}
        approve the suggested label on {column}
        accept the classification of {column}
        the label {label} of {column} is right"""),
    ("classifications.reject_classification", """
        {column} is not {label}
        the classification of {column} is wrong
        remove the label {label} from {column}
        false positive on {column}"""),
    ("classifications.classify_asset", """
        auto-classify the columns of {asset}
        run the classifier on {asset}
        detect what {asset} holds"""),
    ("classifications.propagate_classification", """
        push the labels of {asset} down to derived tables
        propagate {label} of {asset} along the lineage
        carry the classification of {asset} downstream"""),
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
        which of our rules are critical"""),
    ("compliance.get_rule", """
        what does the policy {rule} check
        explain the rule {rule}
        show the rule about {name}"""),
    ("compliance.create_rule", """
        create a policy that every {label} column needs an owner
        add a compliance rule that tables have a description
        define a rule: sources in production are scanned every 7 days
        set up a policy for retention"""),
    ("compliance.update_rule", """
        disable the rule {rule}
        set the severity of the rule {rule} to high
        change the policy {rule}
        turn the policy {rule} on"""),
    ("compliance.map_control", """
        map the rule {rule} to {control}
        the rule {rule} serves {control}
        unmap {rule} from {framework}"""),
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
        what should we fix first"""),
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
        {person} should fix the finding {name}"""),
    ("compliance.resolve_finding", """
        close the finding {name} because it was fixed
        mark the finding {name} as resolved"""),
    ("compliance.waive_finding", """
        accept the risk of the finding {name} until the end of the year because it goes away
        request an exception for the finding {name}"""),
    ("compliance.confirm_waiver", """
        approve the waiver of the finding {name}"""),
    ("compliance.export_report", """
        prepare an audit report of {framework} for {source}
        export the findings of {framework}
        generate evidence for the auditor
        compliance report of {framework} as CSV
        download the compliance report"""),
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
        start a full scan of {source}"""),
    ("scan_logic.cancel_scan", """
        stop the running scan of {source}"""),
    ("scan_logic.pause_scan", """
        pause the running scan of {source}"""),
    ("scan_logic.compare_scans", """
        has anything been found since the last scan of {source}
        what is new since the last scan of {source}
        difference between the last two scans of {source}"""),
    ("scan_logic.estimate_scan", """
        how long will a scan of {source} take
        how expensive is scanning {source}"""),
    ("compliance.get_finding", """
        why was the finding {name} raised
        explain how to remediate the finding {name}
        how do i fix the finding {name}
        remediate {name}"""),
)  # fmt: skip
