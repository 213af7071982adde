"""How people ask for operations on people and their access; see `phrasings`."""

from __future__ import annotations

WORK: tuple[tuple[str, str], ...] = (
    ("rbac.list_users", """
        list all administrators
        who has the role {role}
        list the users
        who works with this system
        who uses racine"""),
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
        new role for {name}"""),
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
        remove {person} as {role}"""),
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
        why can {person} not see {asset}"""),
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
        what would {person} gain with the role {role}"""),
    ("rbac.review_access", """
        accounts that were not used for 90 days
        who has access that is not needed
        conduct an access review
        which users have excessive permissions
        stale or unused permissions
        separation of duties conflicts
        recertify access of {source}"""),
    ("rbac.list_api_keys", """
        which api tokens are active
        list the api keys"""),
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
)  # fmt: skip
