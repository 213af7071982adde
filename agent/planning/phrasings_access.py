"""How people ask for operations on people, teams, roles and grants; see `phrasings`."""

from __future__ import annotations

ACCESS: tuple[tuple[str, str], ...] = (
    ("rbac.list_users", """
        list all administrators
        who has the role {role}
        list the users
        who works with this system
        who uses racine
        how many accounts are there
        directory of identities
        which machine identities exist
        which people are registered
        user list with roles for the auditor
        which users are disabled
        everyone with the role {role}
        list all users with admin privileges
        who are our administrators
        which employees hold the administrator role
        who holds admin rights
        which accounts have standing administrator privileges
        user directory with roles
        which groups of people have access
        which people hold the role {role}
        all grants of the {role} role
        who has been given {role}
        accounts that the role {role} was assigned to"""),
    ("rbac.get_user", """
        what permissions does {person} have
        which roles has {person}
        access of {person}
        show the user {person}
        entitlements of {person}
        what is {person} entitled to
        role assignments of {person}
        which privileges has {person} been given
        which scopes does {person} hold
        is the account of {person} enabled
        which teams is {person} in
        effective rights of {person}
        effective permissions of {person}
        all that {person} may do
        what has {person} been allowed to do"""),
    ("rbac.create_user", """
        create a user for {name}
        add a new user {name} with the role {role}
        onboard a new colleague {name}
        invite {name} to racine
        provision a login for {name}
        register {name} as {role}
        set up {name} as a new {role}
        a new analyst joins, add {name}
        enrol the person {name}
        we hired {name}, create an account
        make an identity for {name}
        add the external auditor {name} as a guest
        provide a sign-in for the newcomer {name}"""),
    ("rbac.create_service_account", """
        create a service account for {name}
        technical user for {name}
        set up a machine identity for {name}
        provision a service principal for {name}
        add a bot account {name}
        create a non-human identity for the pipeline
        register an application account {name}
        make a robot user owned by {person}
        we need an account for our ci job
        add a headless user for {name}
        create an agent identity {name} with owner {person}
        give the nightly job {name} an identity of its own"""),
    ("rbac.update_user", """
        reactivate the account of {person}
        change the name of the user {person}
        update the address of {person}
        rename the account {person}
        correct the spelling of {person}
        unlock {person}
        re-enable the user {person}
        restore the account of {person}
        modify the profile of the user {person}
        hand the service account {name} to {person}
        set a new owner of the service account {name}
        {person} married, change the surname"""),
    ("rbac.disable_user", """
        offboard {person}
        {person} has left the company
        deactivate the account of {person}
        remove all access of {person}
        suspend the account of {person}
        block the user {person}
        deprovision {person}
        shut down the service account {name}
        terminate the access of {person} immediately
        {person} was dismissed, block the login
        switch the service account {name} off
        cut {person} off"""),
    ("rbac.list_roles", """
        show every role
        which roles are defined
        which access profiles exist
        role catalog
        overview of roles and their privileges
        which permission sets can be given
        what roles can a person have
        custom roles
        built-in roles
        role matrix
        how many roles are there
        which role is right for an auditor
        what access levels are there"""),
    ("rbac.get_role", """
        what can an {role} do
        what permissions does the role {role} give
        privileges of the role {role}
        what does being a {role} allow
        definition of the role {role}
        describe the role {role}
        which actions may a {role} perform
        rights bundled in the role {role}
        is a {role} allowed to approve
        details of the {role} role
        what is a {role} not allowed to do
        which operations come with the role {role}"""),
    ("rbac.list_permissions", """
        which privileges can a role have
        permission catalog
        what entitlements can be assigned to roles
        which permission does creating a label need
        what operations need the permission {name}
        permission matrix of operations
        all grantable actions
        available scopes and permissions
        every permission
        which rights exist in the system
        which permission is required to scan
        fine-grained privileges for custom roles
        which permission lets someone approve"""),
    ("rbac.create_role", """
        create a role {name} that may read compliance
        new role for {name}
        define a custom role {name}
        add a role {name} with read access to scans
        set up a least privilege role for {name}
        build a permission set {name}
        make a role for external auditors
        introduce a data steward role
        establish a role that may only approve
        we need a role that can classify but not delete
        design a role for the dpo
        create a role {name} based on {role}
        register an access profile {name}
        create a custom role auditor that can only read compliance findings and the audit log
        set up a new role {name} which may read the catalog"""),
    ("rbac.update_role", """
        let the role {role} also read scans
        add a permission to the role {role}
        remove a permission from the role {role}
        extend the role {role} with scan rights
        change the permissions of the role {role}
        edit the description of the role {role}
        restrict what a {role} may do
        take the right to delete away from the role {role}
        allow the role {role} to export reports
        narrow the role {role} to least privilege
        stop the role {role} from changing labels
        give the role {role} permission to run scans
        reword the purpose of the role {role}"""),
    ("rbac.delete_role", """
        drop the unused role {role}
        get rid of the custom role {role}
        retire the role {role}
        erase the role definition {role}
        we don't use the role {role} any more, delete it
        discard the role {role}
        purge the obsolete role {role}
        delete the role {role} that nobody holds
        eliminate the redundant role {role}
        dispose of the permission set {role}
        clean up the role {role}
        scrap the access profile {role}
        the role {role} is a leftover, remove it"""),
    ("rbac.list_teams", """
        list the groups
        all teams with their members
        which groups of users exist
        how many teams do we have
        what squads are set up
        which departments have access as a team
        user groups
        which teams hold the role {role}
        org chart of teams
        team directory
        which teams have no members
        teams and how many people each has
        directory groups and their roles
        every group with its members
        groups and the users in them, empty ones too
        which groups exist and who belongs to them"""),
    ("rbac.get_team", """
        what does the team {name} have access to
        which tables may the group {name} see
        who belongs to the team {name}
        members of the team {name}
        who are the people in the team {name}
        roster of the team {name}
        roles of the team {name}
        show the group {name}
        what may the members of the team {name} do
        is {person} a member of the team {name}
        details of the squad {name}
        which grants does the group {name} hold"""),
    ("rbac.create_team", """
        set up a new team {name}
        add a group {name}
        form a squad {name}
        make a team for the data stewards
        establish the user group {name}
        we need a team for fraud analysts
        create an access group {name}
        start a team named {name}
        register the department {name} as a team
        define a group of users called {name}
        build a stewardship team {name}
        bundle the stewards in a new team {name}"""),
    ("rbac.add_team_member", """
        put {person} in the team {name}
        add {person} to the group {name}
        make {person} a member of the team {name}
        let {person} join the team {name}
        assign {person} to the group {name}
        include {person} in the squad {name}
        enrol {person} in the group {name}
        move {person} into the team {name}
        extend the team {name} by {person}
        bring {person} into the team {name}
        onboard {person} to the team {name}
        give {person} the membership of the team {name}
        put the new joiner {person} into the group {name}"""),
    ("rbac.remove_team_member", """
        take {person} out of the team {name}
        kick {person} from the group {name}
        {person} leaves the team {name}
        end the membership of {person} in {name}
        exclude {person} from the team {name}
        delete {person} from the group {name}
        {person} moved departments, remove from the team {name}
        strip {person} of the team membership {name}
        revoke the team membership of {person}
        {person} no longer belongs to the team {name}
        unassign {person} from the group {name}
        cut {person} from the team {name}
        detach {person} from the group {name}"""),
    ("rbac.delete_team", """
        remove the group {name}
        dissolve the team {name}
        disband the squad {name}
        drop the team {name} with its grants
        get rid of the user group {name}
        the department was closed, delete the team {name}
        purge the empty team {name}
        discard the access group {name}
        eliminate the team {name}
        wind up the team {name}
        delete the unused group {name}
        retire the team {name}
        remove the team {name} after the reorganisation"""),
    ("rbac.grant_role", """
        give {person} {role} access to {source}
        grant {person} the role {role} on {source} for two weeks
        make {person} a {role} of {source} until friday
        deny {person} the role {role} on {source}
        assign the role {role} to {person}
        entitle {person} to {source} as {role}
        promote {person} to {role}
        provision {role} access for {person} on {source}
        appoint {person} as {role} of {source}
        give {person} temporary access to {source} until tomorrow
        elevate {person} to {role} for one day
        let {person} work on {source} as {role}
        break-glass access for {person} as {role}"""),
    ("rbac.grant_team_role", """
        grant the role {role} to the team {name}
        give the group {name} access to {source}
        assign the {role} role to everybody in the team {name}
        make all members of the team {name} {role}
        let the team {name} read {source} as {role}
        deny the team {name} the role {role}
        entitle the group {name} to {source}
        authorise the squad {name} as {role} on {source}
        provision {role} access for the team {name}
        block the team {name} from {source}
        add the role {role} to the team {name}
        equip the team {name} with the role {role}"""),
    ("rbac.revoke_role", """
        revoke the role {role} of {person}
        remove {person} as {role}
        remove the role {role} from {person}
        withdraw {role} access from {person}
        {person} should not be {role} any more
        demote {person} from {role}
        unassign the role {role} from {person}
        take {role} rights on {source} away from {person}
        end the {role} assignment of {person}
        {person} no longer needs {role} on {source}, revoke it
        drop {person} as {role} of {source}
        deprive {person} of the role {role}
        revoke the access of {person} to all finance tables
        take away {person}'s analyst rights"""),
    ("rbac.revoke_grant", """
        delete the grant {name}
        remove the denial {name}
        take back the grant {name}
        cancel the access grant {name}
        end the unused grant {name}
        lift the denial {name}
        drop the entitlement {name}
        rescind the permission grant {name}
        clean up the excessive grant {name}
        terminate the grant {name} of the team
        expire the grant {name} now
        the review found grant {name} unused, revoke it
        invalidate the grant {name} after the recertification"""),
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
        access denied on {asset}, why
        am i permitted to run scans
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
        who may delete {source}
        effective permissions on {asset}
        list people with privileged access to {source}
        who can get into {source}
        access control list of {source}
        acl of {asset}
        which people may open {asset}
        who sees {source}
        who is able to read {asset}
        which users and groups have access to {source}
        who can view unmasked values
        who may see {label} in clear text"""),
    ("rbac.simulate_grant", """
        what would change if {person} became {role} of {source}
        what could {person} do as {role}
        what would {person} gain with the role {role}
        preview granting {role} to {person}
        what-if analysis of giving {person} the role {role}
        impact of making {person} {role} on {source}
        which sensitive data would {person} see as {role}
        how much access would {role} add for {person}
        if {person} got {role}, what would open up
        before i grant {role} to {person}, show the effect
        what would {person} lose if {role} was denied
        dry run of a grant to {person}
        test the role {role} for {person} without assigning it
        what could a new {role} see if I granted the role on {source}
        what could I see as {role} of {source}"""),
    ("rbac.list_api_keys", """
        which api tokens are active
        list the api keys
        which personal access tokens exist
        api credentials of {person}
        when do our api keys expire
        which keys were never used
        who holds api keys
        token inventory
        how old are the api keys
        which programmatic credentials are valid
        keys of the service account {name}
        expired tokens
        which API keys are about to expire"""),
    ("rbac.review_access", """
        which users have not logged in for 60 days
        people who did not sign in for 60 days
        inactive users
        user accounts that were never used
        which people never signed in at all
        which accounts have never logged in
        dormant accounts
        accounts that were not used for 90 days
        who has access that is not needed
        conduct an access review
        which users have excessive permissions
        stale or unused permissions
        separation of duties conflicts
        recertify access of {source}
        toxic combinations of roles
        over-entitled identities
        entitlement review for {source}
        quarterly user access review
        dormant privileged accounts
        least privilege violations
        orphan grants nobody uses
        set up a monthly access recertification campaign
        show grants on {source}
        which permissions does nobody need
        people who can do more than their job asks for
        accounts with too many rights
        who has too much access
        over-permissioned accounts
        over-provisioned identities
        privilege creep
        access that is broader than it has to be
        users whose permissions exceed what they use
        is anybody over-privileged
        which grants should be taken away
        risky access
        entitlement report for {source}
        inactive people who still hold roles
        accounts with more permissions than necessary
        users holding more rights than they use
        who has more access than the job requires"""),
)  # fmt: skip
