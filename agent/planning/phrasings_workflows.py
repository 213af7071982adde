"""How people ask for operations on workflows and their schedules; see `phrasings`."""

from __future__ import annotations

WORKFLOWS: tuple[tuple[str, str], ...] = (
    ("workflows.list", """
        which workflows are automated
        list the workflows
        which jobs are defined
        which workflows did {person} create
        overview of our governance workflows
        is there an automation for access requests
        all job definitions
        how many automations have we built
        workflows tagged as governance
        search the workflows for {name}
        governance jobs somebody saved
        catalogue of playbooks
        do we have a playbook for incident response
        which dags have been deployed
        all workflow names with their owners"""),
    ("workflows.execute", """
        run the workflow {name}
        trigger a run of {workflow} now
        kick off the job {workflow}
        trigger the dag {workflow} by hand
        fire the automation {workflow} immediately
        start {workflow} with other parameters
        do a manual run of {workflow}
        run {workflow} on {source} only
        backfill with {workflow}
        i need to run {workflow} right now, not wait for its schedule
        execute the automation {workflow} once
        invoke {workflow} ad hoc
        queue a run of the job {name}"""),
    ("workflows.status", """
        how did the last execution go
        did the last execution succeed
        how did the last workflow run go
        is the execution done
        status of the execution
        is my run still going
        did the job finish
        state of the current run
        how far along is the execution
        which step is it at right now
        has the run succeeded or failed
        task states of the dag run {name}
        progress of the running automation
        is the job {name} stuck
        check on the execution {name}
        which steps of the run have completed
        how much longer will the execution take
        why did the last execution of {workflow} stop
        what happened to the run i started"""),
    ("workflows.schedule", """
        run the workflow {name} every monday
        schedule the workflow {name} daily
        run the workflow {name} whenever a scan ends
        set a cron trigger for {workflow}
        trigger {workflow} when the schema of {source} changes
        kick off {workflow} every night at two
        put {workflow} on a weekly schedule
        start {workflow} on the first of each month
        run {workflow} hourly
        add a webhook trigger to {workflow}
        execute {workflow} automatically after each ingestion
        set the dag {workflow} to run at 06:00 utc
        run {workflow} on weekdays
        create a recurring run of {workflow}
        automate running {workflow} every quarter
        i want {workflow} to fire on every new table
        launch {workflow} as soon as a contract breaks"""),
    ("workflows.unschedule", """
        stop running the workflow {name} on a schedule
        remove the schedule of {workflow}
        cancel the recurring runs of {workflow}
        turn off the trigger of {workflow}
        delete the cron of {workflow}
        unschedule {workflow}
        stop {workflow} from starting automatically
        take {workflow} off the weekly schedule
        drop the webhook trigger {name}
        disable the schedule {name}
        make {workflow} manual only again
        no more weekly runs of {workflow}
        remove the event trigger from {workflow}
        end the daily start of {workflow}"""),
    ("workflows.schedules", """
        when does the workflow {name} run next
        which workflows are scheduled
        show all triggers
        which cron jobs are set up
        next run of {workflow}
        what runs tonight
        how often does {workflow} run
        which workflows start on an event
        list the schedules
        what triggers {workflow}
        upcoming runs this week
        at what time does the job {workflow} start
        which webhooks start workflows
        calendar of scheduled jobs
        is {workflow} scheduled
        in which time zone is {workflow} scheduled"""),
    ("workflows.analytics", """
        which workflows failed most
        how reliable are our workflows
        success rate of our automations
        average duration of workflow runs
        which jobs fail most often
        run statistics of {workflow} over the last month
        trend of failed workflow executions by day
        how long does {workflow} usually take
        failure rate per workflow
        what share of our runs succeed
        sla of our jobs
        workflow performance report for this quarter
        which steps cause most of the failures
        mean time of the dag {workflow}
        is {workflow} getting less reliable"""),
    ("workflows.validate", """
        is this workflow valid
        would this workflow run
        check the workflow definition for errors
        lint this workflow
        is anything wrong with my dag definition
        does this automation have a cycle
        dry run the workflow definition
        verify that the steps of this workflow fit together
        will this playbook work as written
        what is missing in the workflow i drafted
        are the arguments of these steps correct
        find mistakes in this workflow yaml
        test the workflow before i save it
        why is my workflow definition refused
        does the job definition parse
        can this draft of a workflow be saved"""),
    ("workflows.diff", """
        compare version 1 and 3 of the workflow {name}
        diff the last two versions of {workflow}
        which steps were added to {workflow}
        what is different in the newest version of {workflow}
        difference between revision 2 and 5 of {workflow}
        how does {workflow} differ from its previous version
        which steps of {workflow} were removed since version 1
        field by field changes of {workflow} between versions
        compare {workflow} with what it was last month
        what did the last edit of {workflow} alter
        which arguments of {workflow} changed between its versions
        spot what moved in {workflow} from one version to the next"""),
    ("workflows.templates", """
        what ready-made workflows could we use
        show me the template gallery of workflows
        prebuilt automations
        which blueprints for workflows exist
        out of the box playbooks
        is there a workflow template for pii sweeps
        examples of workflows to start from
        starter workflows
        list the predefined jobs i can instantiate
        sample dags to begin with
        library of governance playbooks
        which parameters do the workflow templates take
        which workflow template fits the onboarding of a source"""),
    ("workflows.versions", """
        versions of {workflow}
        version history of {workflow}
        who last edited the workflow {workflow}
        revisions of the automation {workflow}
        how often was {workflow} revised
        list every revision of the dag {workflow}
        when was the definition of {workflow} modified
        who made version 3 of {workflow} and why
        which is the current version of {workflow}
        earlier versions of the playbook {workflow}
        how has the workflow {workflow} evolved
        commit history of {workflow}
        authors of the versions of {workflow}
        number of revisions that {workflow} went through"""),
    ("workflows.optimize", """
        how could {workflow} be made faster
        suggest how to speed up {workflow}
        which steps of {workflow} could run in parallel
        is any step of {workflow} redundant
        optimize the workflow {workflow}
        how can i cut the run time of the dag {workflow}
        what in {workflow} could be cached
        recommendations to improve {workflow}
        which steps of the job {workflow} are unnecessary
        make suggestions for a leaner {workflow}
        where does the workflow {workflow} waste time
        ideas for shortening the automation {workflow}
        reduce the duration of {workflow}"""),
    ("workflows.propose", """
        make a workflow that scans {source} and then checks it
        automate scanning {source} and evaluating it"""),
    ("workflows.undo", """
        revert everything that run wrote
        roll back the execution {name}
        reverse all steps of the last run
        undo what the job {name} did
        back out the whole execution
        restore the state from before the execution
        unwind the playbook run from last step to first
        reverse the execution of {workflow}
        i want to take back all steps of that run
        revert the changes that the automation {workflow} made
        roll back the entire plan
        compensate the steps of the failed execution"""),
    ("workflows.get", """
        what does {workflow} do
        open the workflow {workflow}
        steps of {workflow}
        nodes of the dag {workflow}
        definition of the job {workflow}
        show the graph of {workflow}
        explain the automation {workflow} step by step
        in which order does {workflow} run its steps
        which operations does the playbook {workflow} call
        view the yaml of {workflow}
        what arguments go into {workflow}
        details of the automation {workflow}
        walk me through {workflow}"""),
    ("workflows.rollback", """
        revert {workflow} to the previous version
        restore version 3 of the workflow {workflow}
        go back to the earlier version of {workflow}
        reset {workflow} to how it was before the last edit
        undo the latest edit of the workflow definition {workflow}
        bring back the old definition of {workflow}
        return the automation {workflow} to revision 4
        roll the dag {workflow} back one revision
        make version 2 of {workflow} current again
        reinstate the prior version of the playbook {workflow}
        discard the newest version of {workflow}
        we need the former steps of the workflow {workflow} back"""),
    ("workflows.delete", """
        get rid of the playbook {workflow}
        delete the dag {workflow} and all its versions
        retire the workflow {workflow} for good
        erase the job {workflow}
        we no longer need the workflow {workflow}, delete it
        permanently delete the automation {workflow}
        clean up the old workflow {workflow}
        throw away the workflow {workflow}
        scrap the unused automation {workflow}
        discard the workflow definition {workflow}
        decommission the workflow {workflow}
        remove {workflow} along with its revisions
        destroy the workflow {workflow}
        wipe out the workflow {workflow}"""),
    ("workflows.create_from_template", """
        instantiate the workflow template {name}
        use the template {name} for {source}
        set up a workflow from the blueprint {name}
        start from the template {name} and call it {name}
        generate an automation from the playbook template {name}
        add the prebuilt workflow {name} for {source}
        new workflow based on the template {name}
        deploy the ready made automation {name}
        i want to use the starter workflow {name}
        apply the workflow template {name} to {source}
        build a job from the predefined template {name}
        clone the template workflow {name} for our sources
        turn the blueprint {name} into a workflow of ours"""),
    ("workflows.schedule_runs", """
        was a scheduled run missed
        did the cron of {workflow} fire last night
        which scheduled starts were skipped
        why did {workflow} not start on schedule
        runs that the schedule {name} started
        how often did the trigger of {workflow} misfire
        past ticks of the schedule {name}
        sensor tick history for {workflow}
        has the schedule {name} been firing on time
        missed starts of {workflow} this week
        did the cron trigger go off last night
        when was {workflow} last due
        which due times of {workflow} came to nothing"""),
    ("workflows.send_event", """
        send a webhook to {name}
        notify https://hooks.example.com that the scan finished
        post an event to {name}
        emit a cloudevent to {name}
        call the webhook {name}
        push a notification to the endpoint {name}
        publish a message to {name} when done
        ping https://example.com/callback
        fire an event at the outside system {name}
        deliver an event of type scan.completed to {name}
        dispatch the event {name} to our event bus
        alert the outside endpoint {name}
        post a json message to https://ops.example.com"""),
    ("workflows.list_executions", """
        run history of {workflow}
        last runs of the job {workflow}
        which runs failed last night
        show the running jobs
        executions started by {person}
        what is running right now
        which runs are queued
        past executions since monday
        which jobs are in progress
        all canceled runs
        recent executions of the automation {workflow}
        failed runs this week
        which executions hang
        which workflows failed last night and why
        what ran last night
        which jobs are running
        failed jobs
        job history
        job runs of this week
        run history
        which runs went wrong
        what is in the queue
        background jobs
        failed ingestion runs
        did the nightly refresh finish
        has last night's run completed
        which runs are stuck
        did this morning's load go through"""),
)  # fmt: skip
