"""How people ask for operations on frameworks, rules and findings; see `phrasings`."""

from __future__ import annotations

COMPLIANCE: tuple[tuple[str, str], ...] = (
    ("compliance.list_frameworks", """
        which regulations apply to our data
        which regulations do you support
        which standards are we measured against
        which laws are you able to check
        what standards are loaded
        control coverage per framework
        is {framework} supported
        which compliance programs do we run
        which certifications are we working towards
        catalog of regulatory frameworks
        how many frameworks are in scope
        which baselines and standards are available
        our regulatory obligations"""),
    ("compliance.get_framework", """
        describe {framework}
        what is in {framework}
        give me an overview of {framework}
        all controls of {framework}
        which articles does {framework} have
        what does {framework} oblige us to
        outline {framework}
        explain {framework} to me
        which version of {framework} do we use
        chapters of {framework}
        legal text of {framework}
        summarise the obligations under {framework}"""),
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
        which checks are switched off
        what data protection policies are in force
        policy inventory
        which automated tests back {framework}
        custom policies of our own
        which rules cover credit card data
        how do we enforce data retention
        what is the retention period of {asset}"""),
    ("compliance.get_rule", """
        what does the policy {rule} check
        explain the rule {rule}
        show the rule about {name}
        details of the policy {rule}
        which condition does the rule {rule} have
        which controls does the rule {rule} serve
        what does {rule} apply to
        how do i satisfy the rule {rule}
        who wrote the policy {rule}
        severity of the rule {rule}
        how is {rule} evaluated
        remediation advice for the policy {rule}
        scope of the policy {rule}"""),
    ("compliance.create_rule", """
        create a policy that every {label} column needs an owner
        add a compliance rule that tables have a description
        define a rule: sources in production are scanned every 7 days
        set up a policy for retention
        define a policy requiring {label} to be masked
        require an owner for every {label} column
        enforce that {label} is readable by few
        set up a check that tables with {label} carry a description
        we want a policy for stale data
        add a governance rule on access to {label}
        write a custom control test for {framework}
        introduce a retention limit for {label}
        make it mandatory that sources have an owner
        build a guardrail for restricted data
        author a new policy for {label}
        forbid tables without classification
        create me a data protection rule named sample when the asset contains data class ssn
        add a policy that every table has an owner"""),
    ("compliance.update_rule", """
        disable the rule {rule}
        set the severity of the rule {rule} to high
        change the policy {rule}
        turn the policy {rule} on
        raise the rule {rule} to critical
        lower the severity of {rule}
        edit the condition of the rule {rule}
        narrow the scope of {rule} to {source}
        re-enable the policy {rule}
        mute the rule {rule}
        exclude {source} from the rule {rule}
        tighten the threshold in {rule}
        rename the policy {rule} to {name}
        rewrite the remediation text of {rule}"""),
    ("compliance.map_control", """
        map the rule {rule} to {control}
        the rule {rule} serves {control}
        unmap {rule} from {framework}
        link the policy {rule} to {control}
        associate the rule {rule} with {control}
        let {rule} cover {control}
        add the mapping from {rule} to {control}
        remove the mapping between {rule} and {control}
        tie the rule {rule} to the requirement {control}
        use {rule} as evidence for {control}
        detach {rule} from {control}
        connect {control} to the check {rule}
        assign the control {control} to the rule {rule}
        mark {control} as covered by {rule}
        unlink the policy {rule} from {control}
        map our masking rule to {control}
        link the rule {rule} to the control {control}"""),
    ("compliance.delete_rule", """
        remove the policy {rule}
        drop the compliance rule {rule}
        get rid of the rule {rule}
        erase the check {rule} with its findings
        delete our custom policy {rule}
        discard the governance rule {rule}
        purge {rule} and its history
        permanently delete the policy {rule}
        we don't need the policy {rule} any more, remove it
        the rule {rule} is obsolete, delete it
        scrap the rule {rule}
        clear out the outdated policy {rule}
        eliminate the duplicate rule {rule}"""),
    ("compliance.test_rule", """
        try the rule {rule} on {source}
        what would the rule {rule} find
        dry run of the rule {rule}
        preview the violations of the policy {rule}
        simulate the policy {rule} before we enable it
        what if we enforced {rule} on {source}
        would {asset} pass the rule {rule}
        run the check {rule} without saving
        impact of turning {rule} on
        validate the draft policy {rule}
        try a new policy on {source} first"""),
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
        failed controls of {source}
        exceptions raised by the last evaluation
        non-compliant tables
        policy breaches in {source}
        remediation backlog
        who is responsible for the overdue findings
        which tables violate retention
        why do we fail {framework}
        top risks in {source}
        risk register
        what are our biggest compliance risks
        which controls are not met and where
        open issues of {source}
        control failures of {framework}
        where is {source} exposed
        which assets fail {framework}
        what is not in order in {source}
        remediation plan for {source}
        waived findings
        risk exceptions"""),
    ("compliance.get_finding", """
        why was the finding {name} raised
        explain how to remediate the finding {name}
        how do i fix the finding {name}
        remediate {name}
        details of the issue {name}
        which evidence does the finding {name} have
        who owns the finding {name}
        status of the violation {name}
        when was the finding {name} detected
        what is the finding {name} about
        steps to fix the violation {name}
        which rule raised the finding {name}
        remediation plan for the finding {name}
        how severe is the issue {name}
        when is the finding {name} due"""),
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
        governance posture of {source}
        percentage of controls we pass
        trend of our compliance score
        are we audit ready
        {framework} status of {source} with reasons
        {framework} readiness of {source} with explanations
        how do we stand with regard to {framework}
        state of compliance of {source} and why
        our {framework} scorecard
        {framework} status
        how well does {source} do on {framework}
        how far are we from {framework} compliance
        is {source} ready for an audit by {framework}
        compliance heat map
        maturity against {framework}"""),
    ("compliance.find_gaps", """
        what parts of {framework} do we not check
        what are we not checking
        requirements that nothing checks
        which controls of {framework} are not covered
        gap assessment against {framework}
        which sources were never scanned
        which tables are not scanned
        where are we exposed
        which requirements have no rule
        coverage gaps in our control set
        which sensitive columns are protected by no policy
        unmonitored sources
        what would an auditor say is missing
        blind spots of our monitoring
        which obligations are unaddressed
        blind spots of our governance
        what does nobody watch over"""),
    ("compliance.evaluate_compliance", """
        re-run the assessment of {framework} for {source}
        start a compliance check of {source} against {framework}
        assess {source} against {framework}
        refresh the compliance score of {source}
        recompute our posture
        run all checks on {source}
        audit {source} against {framework}
        trigger a control assessment
        execute the policies on {source}
        re-evaluate all rules now
        measure {source} against {framework} again
        kick off the monthly compliance run
        update the findings of {source}
        perform a {framework} assessment of {source}
        validate the controls of {framework} anew
        rescore {framework}
        recalculate compliance of {source}
        refresh the compliance score
        recompute the posture
        redo the assessment of {source}
        bring the findings up to date"""),
    ("compliance.import_framework", """
        import an OSCAL catalog
        load the framework from OSCAL
        add a framework from an oscal file
        upload the control catalog
        load a standard from json
        bring in a new regulation from a file
        update {framework} from its oscal release
        ingest a control catalog
        install a compliance content pack
        read in an oscal profile
        add our internal control framework
        refresh the imported framework {framework}
        register a custom framework
        we want to import {framework}, here is the catalog"""),
    ("compliance.search_controls", """
        which controls talk about encryption
        find safeguards of {framework} regarding audit logs
        search controls for retention
        what does {framework} say about consent
        which requirements deal with erasure
        is there a control about mfa
        controls on vendor management
        where does a regulation demand pseudonymisation
        which articles mention breach notification
        look up requirements on key management
        which frameworks require encryption at rest
        which obligations concern backups"""),
    ("compliance.get_control", """
        what does {control} say
        explain the control {control}
        what does {framework} article {name} require
        details of {control}
        which rules serve {control}
        text of {control}
        the requirement {control}
        how do we implement {control}
        is {control} covered by a rule
        which evidence does {control} need
        purpose of the control {control}
        guidance on {control}
        do we have checks for {control}
        what is {framework} requirement {control} about
        tell me what {control} demands"""),
    ("compliance.find_equivalent_controls", """
        which controls of {framework} map to {control}
        crosswalk of {control} to {framework}
        what corresponds to {control} in {framework}
        map {control} to other frameworks
        which requirement in {framework} matches {control}
        counterparts of {control}
        if we meet {control}, what else is satisfied
        overlap between {control} and {framework}
        common controls for {control}
        framework mapping of {control}
        is there something like {control} in {framework}
        which other standards ask the same as {control}
        related controls of {control} in {framework}"""),
    ("compliance.assign_finding", """
        turn these findings into tasks for the owners
        assign the finding {name} to {person}
        {person} should fix the finding {name}
        make {person} responsible for the finding {name}
        set {person} as owner of the issue {name}
        route the issue {name} to {person} for remediation
        give {person} until friday to fix the finding {name}
        set the due date of the finding {name}
        put {person} in charge of the violation {name}
        ask {person} to remediate {name}
        allocate the finding {name} to {person}
        extend the deadline of the finding {name}
        assign the finding about card data retention in {asset} to {person}, due by 31 December
        give this finding to {person}"""),
    ("compliance.resolve_finding", """
        close the finding {name} because it was fixed
        mark the finding {name} as resolved
        mark the violation {name} as fixed
        resolve the issue {name}
        the finding {name} has been remediated
        set the finding {name} to done
        close out {name} as remediated
        the problem behind {name} is solved
        settle the finding {name}
        finish the remediation of {name}
        complete the finding {name}
        tick off the finding {name}
        we fixed {name}, close it
        clear the violation {name} because the owner was set
        conclude the issue {name}"""),
    ("compliance.waive_finding", """
        accept the risk of the finding {name} until the end of the year because it goes away
        request an exception for the finding {name}
        exempt the finding {name}
        suppress the finding {name} until june
        request a risk acceptance for {name}
        ask for a waiver of the finding {name}
        defer the finding {name} for three months
        raise a policy exception for the issue {name}
        file an exemption for {name} because of a compensating control
        tolerate the violation {name} until year end
        snooze the finding {name}
        we have a compensating control, waive {name}
        ignore the finding {name} until it is retired
        propose to accept the residual risk of {name}
        apply for a deviation for the finding {name}
        request an exception for the retention finding on {asset} until the end of March
        accept the risk of the finding {name} until June"""),
    ("compliance.confirm_waiver", """
        approve the waiver of the finding {name}
        accept the requested waiver of {name}
        sign off the risk acceptance of {name}
        confirm the exemption of {name}
        countersign the waiver of the finding {name}
        grant the requested exception on {name}
        agree to the waiver of the violation {name}
        second the risk acceptance for {name}
        authorise the deviation for the issue {name}
        validate the waiver requested for {name}
        endorse the exception request of {name}
        let the waiver of {name} count
        acknowledge the residual risk of {name} as second person"""),
    ("compliance.export_report", """
        prepare an audit report of {framework} for {source}
        export the findings of {framework}
        generate evidence for the auditor
        compliance report of {framework} as CSV
        download the compliance report
        evidence pack for the {framework} audit
        pdf for the regulator
        attestation report on {framework}
        assessment results in oscal format
        hand the auditor our evidence on {framework}
        generate the quarterly compliance report
        download the evidence for {framework}
        evidence for the auditor on {framework}
        audit pack for {framework}
        attestation for {framework}
        something that i can hand to the auditors about {framework}"""),
)  # fmt: skip
