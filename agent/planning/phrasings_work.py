"""How people ask for operations on access, workflows and the record of work; see `phrasings`."""

from __future__ import annotations

WORK: tuple[tuple[str, str], ...] = (
    ("rbac.list_users", """
        list all administrators
        who has the role {role}
        list the users
        who works with this system
        who uses racine
        list all users with admin privileges
        who are our administrators
        which employees hold the administrator role
        which users have not logged in for 60 days"""),
    ("rbac.get_user", """
        what permissions does {person} have
        which roles has {person}
        access of {person}"""),
    ("rbac.update_user", """
        reactivate the account of {person}
        change the name of the user {person}"""),
    ("rbac.disable_user", """
        offboard {person}
        {person} has left the company
        offboard {person}
        deactivate the account of {person}
        remove all access of {person}
        {person} has left the company"""),
    ("rbac.list_roles", """
        show every role
        which roles are defined"""),
    ("rbac.get_role", """
        what can an {role} do
        what permissions does the role {role} give"""),
    ("rbac.create_role", """
        create a role {name} that may read compliance
        new role for {name}
        create a custom role auditor that can only read compliance findings and the audit log
        set up a new role {name} which may read the catalog"""),
    ("rbac.update_role", """
        let the role {role} also read scans
        add a permission to the role {role}"""),
    ("rbac.grant_role", """
        give {person} {role} access to {source}
        grant {person} the role {role} on {source} for two weeks
        make {person} a {role} of {source} until friday
        deny {person} the role {role} on {source}"""),
    ("rbac.revoke_role", """
        revoke the role {role} of {person}
        remove {person} as {role}
        revoke the access of {person} to all finance tables
        take away {person}'s analyst rights"""),
    ("rbac.check_access", """
        what is stopping {person} from reading {column}
        what keeps {person} from seeing {asset}
        why can i not see {label}
        why am i not able to see {column}
        what is {person} allowed to do in {source}
        is {person} allowed to change {source}
        can {person} read {asset}
        why does {person} get masked values in {column}
        does {person} have access to {source}
        why can {person} not see {asset}
        does john.doe@acme.com have SELECT on {asset}
        may {person} read {asset}
        can {person} see {source}"""),
    ("rbac.who_can", """
        can the team {name} see {label}
        show grants on {source}
        list the permissions on {asset}
        summary of who can see {label}
        who has access to {asset}
        who has admin rights
        who has access to {source}
        who can see unmasked {label}
        which users can edit {asset}
        who can read {asset}
        who may delete {source}"""),
    ("rbac.simulate_grant", """
        what would change if {person} became {role} of {source}
        what could {person} do as {role}
        what would {person} gain with the role {role}
        what could a new {role} see if I granted the role on {source}
        what could I see as {role} of {source}"""),
    ("rbac.review_access", """
        accounts that were not used for 90 days
        who has access that is not needed
        conduct an access review
        which users have excessive permissions
        stale or unused permissions
        separation of duties conflicts
        recertify access of {source}
        set up a monthly access recertification campaign
        show grants on {source}
        which permissions does nobody need"""),
    ("rbac.list_api_keys", """
        which api tokens are active
        list the api keys
        which API keys are about to expire"""),
    ("rbac.create_service_account", """
        create a service account for {name}
        technical user for {name}"""),
    ("rbac.get_team", """
        what does the team {name} have access to
        which tables may the group {name} see
        who belongs to the team {name}
        members of the team {name}"""),
    ("rbac.add_team_member", """
        put {person} in the team {name}"""),
    ("rbac.create_team", """
        set up a new team {name}"""),
    ("orchestration.health", """
        health check
        is the platform running fine
        state of all services
        system status
        how far behind is the search index
        is the search index up to date"""),
    ("orchestration.metrics", """
        how many requests are served
        which operations are slow"""),
    ("workspaces.get", """
        show the workspace {name}
        what is in the workspace {name}
        what belongs to the workspace {name}"""),
    ("workspaces.create", """
        create a workspace called {name}"""),
    ("workspaces.link_resource", """
        add {source} to the workspace {name}"""),
    ("workflows.list", """
        which workflows are automated
        list the workflows"""),
    ("workflows.execute", """
        run the workflow {name}"""),
    ("workflows.status", """
        how did the last execution go
        did the last execution succeed
        how did the last workflow run go
        is the execution done
        status of the execution"""),
    ("workflows.schedule", """
        run the workflow {name} every monday
        schedule the workflow {name} daily
        run the workflow {name} whenever a scan ends"""),
    ("workflows.unschedule", """
        stop running the workflow {name} on a schedule"""),
    ("workflows.schedules", """
        when does the workflow {name} run next
        which workflows are scheduled"""),
    ("workflows.analytics", """
        which workflows failed most
        how reliable are our workflows"""),
    ("workflows.validate", """
        is this workflow valid
        would this workflow run"""),
    ("workflows.diff", """
        compare version 1 and 3 of the workflow {name}"""),
    ("pipelines.list", """
        which pipelines do we have"""),
    ("pipelines.create", """
        create a pipeline that scans {source} then evaluates {framework}
        build a pipeline with stages"""),
    ("pipelines.health", """
        is the pipeline {name} healthy
        which stage of the pipeline {name} fails"""),
    ("pipelines.bottlenecks", """
        where is the bottleneck in the pipeline {name}
        why is the pipeline {name} slow
        my pipeline {pipeline} is slow, find the bottleneck
        where does {pipeline} lose time"""),
    ("pipelines.status", """
        how is the pipeline {name} doing
        did the pipeline {name} run"""),
    ("pipelines.control", """
        approve the gate of the pipeline {name}
        stop the pipeline {name}"""),
    ("pipelines.check_gate", """
        would {source} pass the {framework} gate
        is {source} good enough to be released"""),
    ("assistant.list_plans", """
        show pending approvals
        what is waiting for my approval
        which plans are open
        which plans wait for me
        what do i have to approve
        who approved the last plan
        which plans did I approve"""),
    ("approvals.create_rule", """
        require owner approval before {source} is changed
        demand a second approval for every grant
        changes of {source} need the approval of the owner"""),
    ("approvals.list_rules", """
        which changes need a second approval
        who has to approve changes"""),
    ("approvals.sign_policy", """
        approve in advance that {role} tag assets of {source}"""),
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
        which permission changes were made this month"""),
    ("activity.get", """
        what exactly did that change do
        show the details of the change"""),
    ("activity.verify_audit_trail", """
        has the audit log been tampered with"""),
    ("activity.undo", """
        roll back what i just did
        undo the last change
        undo the last change I made"""),
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
    ("workflows.templates", """
        what ready-made workflows could we use"""),
    ("workflows.versions", """
        versions of {workflow}"""),
    ("workflows.optimize", """
        how could {workflow} be made faster"""),
    ("workflows.propose", """
        make a workflow that scans {source} and then checks it
        automate scanning {source} and evaluating it"""),
    ("assistant.anomalies", """
        any outliers in row counts
        did the number of rows drop anywhere
        is anything unusual going on with our data
        which tables changed their volume suddenly"""),
    ("workflows.list_executions", """
        which workflows failed last night and why
        what ran last night"""),
)  # fmt: skip
