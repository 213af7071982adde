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
        take over the suggestions for the DAG {workflow}
        tune {workflow} and save it as a new version
        parallelize {workflow}
        cache the repeated steps of {workflow}"""),
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
        we want {source} in our workspace"""),
    ("workspaces.list", """
        list all workspaces
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
        which requests were denied"""),
    ("activity.get", """
        what exactly did that change do
        show the details of the change"""),
    ("activity.verify_audit_trail", """
        has the audit log been tampered with"""),
    ("activity.undo", """
        roll back what i just did
        undo the last change"""),
    ("activity.create_task", """
        create a task for {person} to document {asset}
        remind {person} to describe {asset} by friday
        ask {person} to review {asset}"""),
    ("activity.list_tasks", """
        which tasks does {person} have left
        what does {person} have to do
        my tasks"""),
    ("activity.track", """
        note in the trail that the auditor has seen {source}
        log that {name} happened"""),
    ("integration.list_services", """
        which external tools are integrated
        which integrations are there"""),
    ("integration.register_service", """
        register the external system at {name}
        connect the ticket system at {name}
        register the ticket system at {name}
        add the service at {name}
        connect our tool with its openapi document at {name}"""),
    ("integration.get_service", """
        what can the service {name} do"""),
    ("search.unified", """
        search all groups for {name}
        anything we have on {name}
        search everything for {name}
        find anything about {name}
        everything we have on {name}"""),
    ("users.profile", """
        what are my roles
        who am i logged in as
        what are my permissions
        what may i do
        what am i allowed to do here
        which rights do i have"""),
)  # fmt: skip
