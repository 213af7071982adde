"""How people ask for operations on pipelines and approvals; see `phrasings`."""

from __future__ import annotations

PIPELINES: tuple[tuple[str, str], ...] = (
    ("pipelines.list", """
        which pipelines do we have
        show all pipelines with their stages
        what pipelines has {person} built
        data pipelines defined here
        is there a pipeline for {source}
        how many pipelines do we run
        pipelines in this workspace
        do we have a release pipeline
        which pipelines have a gate
        all our multi stage processes
        names of the pipelines
        our pipelines, sorted by name
        search pipelines about onboarding
        which pipelines touch {asset}"""),
    ("pipelines.create", """
        create a pipeline that scans {source} then evaluates {framework}
        build a pipeline with stages
        set up a pipeline with a scan stage and a quality gate
        define a new pipeline {name}
        make a pipeline that ingests {source}, profiles it and waits for sign off
        build a governance pipeline for {source}
        add a pipeline of three stages
        create a multi stage pipeline with an approval gate
        i want a pipeline from discovery to compliance
        establish a release pipeline for {asset}
        assemble stages into a pipeline called {name}
        design a pipeline that classifies {source} before it is published
        new pipeline that checks contracts, then certifies
        chain scan, classification and evaluation of {source} in stages"""),
    ("pipelines.health", """
        is the pipeline {name} healthy
        which stage of the pipeline {name} fails
        success rate of {pipeline}
        how reliable is the pipeline {pipeline}
        how often did {pipeline} fail this month
        last failure of {pipeline}
        trend of {pipeline}
        is {pipeline} getting worse
        failure rate by stage of {pipeline}
        average run time of the pipeline {pipeline}
        which pipelines are unhealthy
        does {pipeline} meet its sla
        stability of our pipelines
        how has {pipeline} gone over the last 30 days
        which gate of {pipeline} blocks most often"""),
    ("pipelines.bottlenecks", """
        where is the bottleneck in the pipeline {name}
        why is the pipeline {name} slow
        which stage of {pipeline} takes longest
        why does {pipeline} take so long
        critical path of {pipeline}
        what holds up the pipeline {pipeline}
        slowest step of {pipeline}
        where does {pipeline} spend its time
        what determines the run time of {pipeline}
        time per stage of {pipeline}
        what is delaying the pipeline {pipeline}
        our pipeline {pipeline} has become sluggish, where is the hold up
        what makes {pipeline} drag
        which operation eats most of the time in {pipeline}
        my pipeline {pipeline} is slow, find the bottleneck
        where does {pipeline} lose time"""),
    ("pipelines.status", """
        how is the pipeline {name} doing
        did the pipeline {name} run
        did {pipeline} finish
        is {pipeline} still running
        progress of {pipeline}
        at which gate does {pipeline} wait
        state of each stage of {pipeline}
        has the pipeline {pipeline} passed its gate
        how far is the pipeline {pipeline}
        which stages of {pipeline} are done
        outcome of the last run of {pipeline}
        is the pipeline {pipeline} blocked
        why is {pipeline} waiting
        did last night's run of {pipeline} succeed"""),
    ("pipelines.control", """
        approve the gate of the pipeline {name}
        stop the pipeline {name}
        resume {pipeline}
        cancel the run of {pipeline}
        retry the failed stage of {pipeline}
        skip the step {name} in {pipeline}
        abort the pipeline {pipeline}
        put {pipeline} on hold
        sign off the gate in {pipeline}
        reject at the gate of {pipeline}
        halt {pipeline} after this stage
        decline the release stage of the pipeline {pipeline}
        continue {pipeline} from where it failed
        unblock the pipeline {pipeline}"""),
    ("pipelines.check_gate", """
        would {source} pass the {framework} gate
        is {source} good enough to be released
        does {source} meet the release criteria
        can {asset} be promoted to production
        is {asset} ready to be published
        quality gate result for {asset}
        would {asset} pass a quality gate at 95 %
        what keeps {source} from passing the gate
        check {source} against the compliance gate
        does {asset} clear the bar for release
        what falls short for the gate on {source}
        is {source} fit for release under {framework}
        are the exit criteria of {asset} met
        may {asset} go live"""),
    ("pipelines.get", """
        stages of the pipeline {pipeline}
        open the pipeline {pipeline}
        definition of {pipeline}
        which gates does {pipeline} have
        how is {pipeline} built
        which steps belong to the stage {name} of {pipeline}
        describe the pipeline {pipeline}
        explain what happens in each stage of {pipeline}
        what comes after the first stage of {pipeline}
        layout of the pipeline {pipeline}
        details of {pipeline}
        show the stage graph of {pipeline}"""),
    ("pipelines.validate", """
        check this pipeline definition
        are the stages of this pipeline valid
        is anything wrong with these stages
        lint the pipeline
        which steps would these stages become
        would this pipeline definition work
        find errors in my pipeline draft
        verify the stages before i save the pipeline
        test whether the pipeline would run
        does the pipeline have a broken gate
        what must i mend in this pipeline
        dry run of the pipeline definition
        compile the stages and show me the steps"""),
    ("pipelines.update", """
        edit the pipeline {pipeline}
        add a stage to {pipeline}
        remove the last stage from the pipeline {pipeline}
        modify the gate of {pipeline}
        insert an approval stage into {pipeline}
        change the threshold of the quality gate in {pipeline}
        reorder the stages of {pipeline}
        update the description of the pipeline {pipeline}
        set the error handling of {pipeline} to ignore
        rename the stage {name} in {pipeline}
        extend the pipeline {pipeline} with profiling
        replace a step in the pipeline {pipeline}
        save a new version of the pipeline {pipeline}"""),
    ("pipelines.versions", """
        version history of the pipeline {pipeline}
        revisions of {pipeline}
        who edited the pipeline {pipeline} last
        when did the pipeline {pipeline} change
        what did each version of {pipeline} change
        list earlier versions of {pipeline}
        which version of {pipeline} is in use
        how often was the pipeline {pipeline} modified
        authors of the revisions of the pipeline {pipeline}
        newest revision of {pipeline}
        why was {pipeline} changed in version 3
        compare when versions of {pipeline} were made
        evolution of {pipeline}"""),
    ("pipelines.rollback", """
        revert the pipeline {pipeline} to the previous version
        restore version 3 of the pipeline {pipeline}
        bring back the earlier stages of {pipeline}
        go back to the old version of {pipeline}
        undo the latest edit of the pipeline {pipeline}
        reset {pipeline} to its first version
        return {pipeline} to revision 2
        put the pipeline {pipeline} back to how it was
        make version 1 of {pipeline} current again
        we need the former version of the pipeline {pipeline}
        discard the newest revision of {pipeline}
        reinstate an older definition of {pipeline}
        roll back the broken change to {pipeline}"""),
    ("pipelines.execute", """
        trigger {pipeline}
        kick off the pipeline {pipeline}
        run {pipeline} for {source}
        execute all stages of {pipeline}
        begin a new run of the pipeline {pipeline}
        start {pipeline} from the first stage
        fire the pipeline {pipeline} manually
        i need {pipeline} run once more today
        rerun the pipeline {pipeline} from scratch
        initiate the release pipeline {pipeline}
        push {asset} through the pipeline {pipeline}
        have {pipeline} run in the background
        invoke the pipeline {pipeline} with other parameters
        get {pipeline} going"""),
    ("pipelines.templates", """
        prebuilt pipelines
        which blueprints for pipelines exist
        ready made pipelines
        show me pipeline examples to start from
        is there a pipeline template for onboarding a source
        sample pipelines
        what does the pipeline template {name} ask for
        list the predefined pipelines
        gallery of pipelines
        starter pipelines
        out of the box release pipelines
        which parameters do pipeline templates take
        catalog of pipeline patterns"""),
    ("pipelines.create_from_template", """
        instantiate the pipeline template {name}
        use the pipeline template {name} for {source}
        set up a pipeline from the blueprint {name}
        make the template {name} into a pipeline
        new pipeline based on the template {name}
        apply the pipeline template {name} to {source}
        deploy the ready made pipeline {name}
        start a pipeline off the template {name}
        generate a pipeline called {name} out of the template {name}
        clone the onboarding pipeline template for {source}
        add the prebuilt pipeline {name}
        i want the starter pipeline {name} for {source}
        turn the blueprint {name} into a pipeline of ours"""),
    ("pipelines.delete", """
        drop {pipeline} and its versions
        get rid of the pipeline {pipeline}
        retire the pipeline {pipeline}
        we no longer need {pipeline}, delete it
        scrap the pipeline {pipeline}
        permanently delete {pipeline}
        throw away the pipeline {pipeline}
        discard the unused pipeline {pipeline}
        clean up the old pipeline {pipeline}
        decommission {pipeline}
        destroy the pipeline {pipeline}
        delete {pipeline} but keep its logs
        take the pipeline {pipeline} out of service for good"""),
    ("pipelines.optimize", """
        suggest improvements to the pipeline {pipeline}
        which stages of {pipeline} could run in parallel
        how can we shorten {pipeline}
        which steps of {pipeline} are superfluous
        which steps of the pipeline {pipeline} could be cached
        what gain would reordering {pipeline} bring
        could {pipeline} do without some steps
        ideas to cut the run time of {pipeline}
        speed up advice for the pipeline {pipeline}
        where could {pipeline} save time
        propose a leaner pipeline {pipeline}
        what would make {pipeline} more efficient
        any inefficiencies in the pipeline {pipeline}"""),
    ("approvals.create_rule", """
        require owner approval before {source} is changed
        demand a second approval for every grant
        changes of {source} need the approval of the owner
        require two approvers for deleting assets
        make sign off by the data owner mandatory for {source}
        enforce four eyes on every grant
        escalate unanswered approval requests after two days
        let a steward approve every change of {label}
        set up an approval rule for {source}
        demand a quorum of three for waivers
        every deletion must be approved by an administrator
        introduce an approval step before classifications change
        we want all access grants to be signed off by {person}
        add a second pair of eyes for changes to {asset}
        route approvals for {source} to {person}"""),
    ("approvals.list_rules", """
        which changes need a second approval
        who has to approve changes
        four eyes rules
        who signs off changes to {source}
        which operations require sign off
        whose approval does a grant need
        does deleting an asset need approval
        list the approval rules with their reasons
        to whom do approvals escalate
        approval matrix
        which quorum do waivers need
        who are the approvers for {source}
        when is a second pair of eyes needed
        does anything need two approvers"""),
    ("approvals.sign_policy", """
        approve in advance that {role} tag assets of {source}
        pre approve tagging by {role} in {source}
        sign a standing approval for describing assets
        allow {role} to tag {source} without asking each time until june
        grant blanket approval for low risk changes
        give advance approval for quality checks on {source}
        auto approve descriptions in {source} for three months
        i want to approve routine tagging once and for all
        sign a policy that lets {person} profile {source} unattended
        let the agent describe assets of {source} without confirmation
        pre authorize {role} to run scans on {source}
        approve up front whatever {role} documents
        consent beforehand to profiling by {role}"""),
    ("approvals.delete_rule", """
        drop the four eyes rule for grants
        get rid of the sign off rule {name}
        we no longer need approval for tags, delete the rule {name}
        erase the rule that demands a second approval
        abolish the approval requirement {name}
        stop requiring the owner's approval under {name}
        lift the approval rule {name}
        delete the escalation rule {name}
        purge the quorum rule {name}
        no longer demand sign off for changes of {source}
        cancel the approval rule {name}
        scrap the two person rule {name}
        remove the two approver requirement {name}"""),
    ("approvals.list_policies", """
        which pre approvals are in force
        standing approvals
        who signed a standing policy
        which operations run without confirmation
        which blanket approvals expire soon
        show expired standing policies
        list advance approvals for {source}
        what can the agent do unattended
        pre approved changes
        which advance approvals did {person} sign
        until when is the standing policy {name} in force
        scope of the standing policies"""),
    ("approvals.revoke_policy", """
        end the pre approval {name}
        cancel the standing approval {name}
        take back the advance approval for {role}
        stop auto approving tags in {source}
        rescind the blanket approval {name}
        remove the pre authorization {name}
        revoke my advance sign off {name}
        terminate the policy {name} that approves in advance
        annul the standing policy {name}
        stop the standing permission {name} today
        let nothing pass unasked under {name} any more
        void the advance consent {name}
        pull back my pre approval for {source}"""),
)  # fmt: skip
