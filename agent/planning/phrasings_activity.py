"""How people ask for the record of work, spaces and systems outside; see `phrasings`."""

from __future__ import annotations

ACTIVITY: tuple[tuple[str, str], ...] = (
    ("orchestration.health", """
        health check
        is the platform running fine
        state of all services
        system status
        how far behind is the search index
        is the search index up to date
        are all components up
        any outage at the moment
        is the model reachable
        is the database of racine ok
        which services are down
        is the workflow engine alive
        does everything work
        status page
        how are the seven groups doing
        heartbeat of the services
        is the search index lagging
        are there degraded components
        platform diagnostics"""),
    ("orchestration.metrics", """
        how many requests are served
        which operations are slow
        throughput of the platform
        error rate by operation
        latency of operations
        how many calls per minute do we handle
        load on the system
        what is the p95 response time
        how many executions are waiting for people
        which operations are called most
        platform telemetry
        operations with the most errors
        calls and failures over the last day
        backlog of executions
        how long do requests take"""),
    ("orchestration.optimize_performance", """
        apply the suggested optimizations to {workflow}
        make {workflow} faster
        put the optimization suggestions for {workflow} into effect
        implement your proposals for {workflow}
        let the independent steps of {workflow} run in parallel
        adopt the tuning advice for {workflow}
        carry out the optimization of {workflow}
        take over the suggestions for the dag {workflow}
        tune {workflow} and save it as a new version
        parallelize {workflow}
        cache the repeated steps of {workflow}
        enact the optimizer's hints on {workflow}
        rebuild {workflow} with the advised changes"""),
    ("workspaces.get", """
        show the workspace {name}
        what is in the workspace {name}
        what belongs to the workspace {name}
        open the workspace {name}
        which sources are in the workspace {name}
        who are the members of the workspace {name}
        details of the workspace {name}
        who owns the workspace {name}
        what type of workspace is {name}
        resources linked to the workspace {name}
        tell me about the {name} workspace
        describe the workspace {name}
        what can i find in the space {name}
        scope of the workspace {name}
        which data does the {name} workspace cover"""),
    ("workspaces.create", """
        create a workspace called {name}
        set up a workspace for {name}
        new team workspace {name}
        make a personal workspace
        add an enterprise workspace named {name}
        we need a shared space for {name}
        establish a collaborative workspace for the {name} initiative
        create a separate area for {name}
        spin up a workspace for the audit
        start a workspace with {source} in it
        provision a workspace for the department {name}
        create a project space called {name}
        i would like my own workspace"""),
    ("workspaces.link_resource", """
        add {source} to the workspace {name}
        attach {source} to the workspace {name}
        put {source} into the {name} workspace
        share {source} with the workspace {name}
        include {source} in the workspace {name}
        make {source} available in the workspace {name}
        bring {source} into the team space {name}
        bind {source} to the workspace {name}
        assign {source} to the workspace {name}
        the {name} workspace should also contain {source}
        let the workspace {name} use {source}
        associate {source} with the workspace {name}
        hang {source} into our shared workspace {name}"""),
    ("workspaces.list", """
        in which workspaces am i a member
        show the team workspaces
        my workspaces
        which workspace contains {source}
        overview of the project spaces
        how many workspaces exist
        workspaces with their sources
        who has which workspace
        all enterprise workspaces
        switchable workspaces
        which workspaces can i join
        which departments have a workspace
        shared spaces of my department"""),
    ("activity.search", """
        when was {asset} last updated
        who changed the description of {asset}
        who edited the owner of {asset}
        when did {asset} change last
        who did what
        which users accessed confidential data
        who accessed {label} last week
        what have i been working on
        what did i do recently
        what was done
        what did people do
        what has been done to {asset}
        earlier changes of {asset}
        who removed the table
        who changed {asset} last week
        what did {person} do yesterday
        audit log of the past 7 days
        who deleted the table
        who accessed {asset}
        recent changes
        history of {asset}
        what was refused this week
        which requests were denied
        what did {person} do last week
        which permission changes were made this month
        what is going on
        what has been going on this week
        what went on yesterday
        what happened overnight
        latest modifications in the catalog
        what did the team do yesterday
        who has been busy this week
        activity feed
        news of the last days
        which changes were made today and by whom
        event history of {asset}
        what have people been up to"""),
    ("activity.get", """
        what exactly did that change do
        show the details of the change
        open the audit entry {name}
        before and after of that change
        what did the values look like before the change
        which records did the action {name} touch
        details of the log entry {name}
        show me the diff of that edit
        old and new values of the change {name}
        full record of the event {name}
        drill into the audit event {name}
        explain the activity {name}
        inputs and result of the invocation {name}
        payload of the audit record {name}"""),
    ("activity.verify_audit_trail", """
        has the audit log been tampered with
        prove that the audit log is complete
        is the hash chain of the log unbroken
        are entries missing from the audit trail
        can we trust the audit log
        integrity check of the trail
        was a row of the log altered
        validate the audit chain
        did anyone manipulate the trail
        recompute the hashes of the audit log
        is our logging tamper proof
        show the auditor that the trail is genuine
        has history been rewritten
        forensic check of the log
        were log entries deleted"""),
    ("activity.undo", """
        roll back what i just did
        undo the last change
        reverse the change {name}
        take that back
        undo what {person} did to {asset}
        put it back the way it was
        restore the value from before
        i made a mistake, revert it
        back out the change {name}
        cancel out my last action
        revert the description of {asset} to the previous text
        reset {asset} to before the last update
        void the edit {name}
        undo the last change I made"""),
    ("activity.create_task", """
        create a task for {person} to document {asset}
        remind {person} to describe {asset} by friday
        ask {person} to review {asset}
        assign a task to {person} to classify {asset}
        open a todo for {person}
        create a ticket for {person} about {column}
        add a work item for {person}, due on friday
        tell {person} to fix {asset} by monday
        set a reminder for {person} about {asset}
        put a todo on the backlog of {person}
        raise an assignment for {person}
        follow up with {person} about {asset}
        create an action item for {person} to review {asset}
        open a to-do for {person} about {asset}
        log an action item to document {asset}"""),
    ("activity.list_tasks", """
        which tasks does {person} have left
        what does {person} have to do
        my tasks
        what is on my plate
        open todos of the team
        backlog of {person}
        assignments that are past due
        my work queue
        which work items are due this week
        tasks about {asset}
        what have i asked others to do
        finished tasks of {person}
        outstanding stewardship tasks
        todo list of {person}
        unassigned work items
        my to-do list
        open action items
        overdue action items
        remediation tasks
        stewardship work of {person}
        work queue of {person}
        who is working on which task
        what is on my to do list today
        my daily to do list
        things that wait for me to do them"""),
    ("activity.track", """
        note in the trail that the auditor has seen {source}
        log that {name} happened
        record that the audit meeting took place
        log an external event about {source}
        add an entry to the audit trail
        write into the trail that {person} was trained
        make a note in the log that {source} was moved
        enter in the trail that the contract was signed
        register an outside incident in the audit trail
        save to the audit log that the dpo gave consent
        file an event from outside for {asset}
        keep a record that the vendor was informed
        append to the log that the deletion was done by hand
        file it in the trail that {source} was audited"""),
    ("activity.complete_task", """
        mark the task {name} as done
        close the task {name}
        tick off the todo {name}
        set {name} to done
        check off the task about {asset}
        complete the task {name}
        i described {asset}, so that task can be closed
        sign {name} off as finished
        task {name} has been carried out
        finish {name}
        mark my work on {asset} as completed
        report the assignment {name} accomplished
        my todo on {column} is settled
        i am through with the task about {source}"""),
    ("integration.list_services", """
        which external tools are integrated
        which integrations are there
        connected apps
        which mcp servers are connected
        third party systems in use
        external services with their state
        what is integrated with racine
        which outside tools can you call
        webhook and api integrations
        registered external systems
        overview of the connected tools
        which ticket systems are hooked up
        is there an integration for tickets"""),
    ("integration.register_service", """
        register the external system at {name}
        connect the ticket system at {name}
        register the ticket system at {name}
        add the service at {name}
        connect our tool with its openapi document at {name}
        add an mcp server at {name}
        hook up our ticketing at {name}
        integrate the api at {name}
        onboard the external service at {name}
        make the operations of {name} available here
        set up an api integration with {name}
        import the openapi spec {name} as a service
        attach the ServiceNow instance at {name}
        install the connector app at {name}
        we want to call the outside system at {name} from here"""),
    ("integration.get_service", """
        what can the service {name} do
        which operations does the service {name} offer
        details of the integration {name}
        endpoints of the external system {name}
        show the service {name}
        what tools does the mcp server {name} have
        describe the connected app {name}
        what does the outside system {name} let me do
        open the integration {name}
        when was the service {name} last synced
        capabilities of the service {name}
        address of the service {name}
        limits of the external tool {name}
        who set up the external tool {name}"""),
    ("integration.update_service", """
        rotate the token of the service {name}
        change the header of the service {name}
        update the api credentials for the integration {name}
        set a new bearer token for {name}
        edit what the operations of {name} may do
        replace the secret of the external system {name}
        modify the settings of the integration {name}
        mark the operation {name} of the service as reading only
        renew the authentication of the service {name}
        the token of {name} has expired, change it
        adjust the effect of the outside operation {name}
        switch the service {name} to another auth header
        reconfigure the external tool {name}"""),
    ("integration.sync", """
        refresh the operations of {name}
        reload the openapi document of {name}
        resync the integration {name}
        pull the newest spec of {name}
        update the list of tools that {name} offers
        re read the mcp server {name}
        check the service {name} for new endpoints
        synchronize the external system {name}
        bring the integration {name} up to date
        discover new operations of the service {name}
        import the new endpoints of the service {name}
        look again which operations {name} has"""),
    ("integration.remove_service", """
        remove the integration {name}
        unregister the service {name}
        delete the external system {name}
        detach the mcp server {name}
        drop the service {name}
        disconnect Jira
        get rid of the integration with {name}
        uninstall the connected app {name}
        cut the connection to the outside tool {name}
        we stopped using the service {name}, disconnect it
        terminate the integration {name}
        unplug the ticket system {name}
        sever the link to the outside system {name}"""),
    ("integration.groups_status", """
        which groups are served by another system
        is the catalog group racine's own
        who provides the compliance group
        status of the seven groups
        which operations of a group are missing
        does an external system back any of the groups
        which groups are replaced
        is any group incomplete
        provider of each group
        what does the outside catalog not cover
        are all groups native
        which backend serves the group rbac
        coverage of the groups by outside services"""),
    ("search.unified", """
        search all groups for {name}
        anything we have on {name}
        search everything for {name}
        find anything about {name}
        everything we have on {name}
        look everywhere for {name}
        global search {name}
        find controls, rules and tables about {name}
        does {name} appear anywhere
        hits for {name}
        search across all modules: {name}
        where is {name} mentioned
        all results on the topic {name}
        google {name} in our governance data
        anything concerning {name}"""),
    ("users.profile", """
        what are my roles
        who am i logged in as
        what are my permissions
        what may i do
        what am i allowed to do here
        which rights do i have
        whoami
        with which account am i signed in
        which teams am i in
        my access level
        my user details
        am i an administrator
        what scope do my rights have
        what is my username
        to which groups do i belong"""),
)  # fmt: skip
