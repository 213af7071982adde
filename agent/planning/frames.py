"""What can be asked for changing, as data: a write needs one of these sentences, word for word.

The notation is that of `patterns`. Determiners and politeness are gone before a frame is tried.
Nothing else in the package can yield a write.
"""

from __future__ import annotations

from agent.planning.patterns import Frame
from agent.planning.text import words

_ADD = (
    "register|add|connect|onboard|import|attach|integrate|link|load|hook|plug|bring|take|pull|get|"
    "create"
)
_NAMED = (
    "(and call it|and name it|under name|with name|as source called|as source named|"
    "as database called|as database named|as data source called|as|named|called|call it|name it|"
    "calling it)"
)
_PLACED = "as|in|for|to {environment} [source|database|environment|system]"
_GIVE = "grant|give|assign"
_RIGHTS = "[role|rights|access|privileges|permissions|permission|entitlements]"
_OVER = "[on|for|in|of|to|over|within [data] [source] {source}]"
_TAKE = "revoke|remove|withdraw|take|strip"
_PUT = "add|put|apply|attach|set|assign"
_OFF = "remove|delete|take|drop|strip"
_DROP = "delete|remove|drop"
_SHOW = "show|list|display|give|see"
_RUN = "start|run|launch|kick|trigger|begin|do|perform|execute|initiate|make"
_ANEW = "another|new|full|fresh|second|further|quick|complete"
_HENCEFORTH = "(from now on|as of now|as of today|going forward|henceforth|starting now|from today)"
_MAKE = "create|add|make [new]"
_WRITE = "add|set|write|provide|give|put|change|update|edit"

_TABLE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("data_sources.register_source", (
        f"{_ADD} ~ {{location}} [as [new|data] source|database]",
        f"{_ADD} ~ {{location}} {_NAMED} {{name}}",
        f"{_ADD} ~ {{location}} {_PLACED}",
        f"{_ADD} [{{environment}}] ~ {{location}}",
        f"{_ADD} ~ {{location}} {_NAMED} {{name}} {_PLACED}",
        f"{_ADD} ~ {{location}} {_PLACED} {_NAMED} {{name}}",
        f"{_ADD} ~ {{name}} at|from|located|with|under {{location}}",
        f"{_ADD} ~ named|called {{name}} at|in|on|from|located|with|under {{location}}",
        f"{_ADD} ~ {{location}} ~ on|in|up [board] [as [new|data] source|database]",
        f"{_ADD} ~ {{location}} ~ on|in|up [board] {_NAMED} {{name}}",
    )),
    ("data_sources.register_source?location", (
        "register|add|connect|onboard|attach|integrate|hook [up] [to] [new] [data] "
        "source|database|db|datasource|connection",
        "set up [new] [data] source|database|connection",
        "set up {name} source|database|connection",
        "register|add|connect|onboard|attach|integrate|hook [up] [to] [new] [data] ~ "
        "source|database|db|datasource|warehouse at|on|under {anything}",
    )),
    ("compliance.waive_finding?finding", ("waive [finding] {anything}",)),
    ("data_sources.test_connection", (
        "test|try|verify|retry connection|connecting [to|of|with|for] {source}",
        "test|try|verify|retry {source} connection",
        "try [to] connect to {source} [again]",
        "connect to {source!} again",
    )),
    ("data_sources.test_connection?source", ("test|try|verify|retry connection",)),
    ("data_sources.discover_assets", (
        "discover|crawl|introspect|rediscover|reread|re-read|recrawl "
        "[all] [assets|tables|schema|schemas|columns|metadata|structure|content|contents] "
        "[in|of|from|for] {source}",
        "refresh|update|sync|reload|reimport|re-import|resync "
        "catalog|metadata|schema|assets|tables|structure|inventory of|for|in|from {source} "
        "[from {anything}]",
        "refresh|sync|resync {source!}",
    )),
    ("data_sources.discover_assets?source", (
        "discover|crawl|introspect|rediscover|recrawl [its|their|all] "
        "assets|tables|schema|schemas|columns",
    )),
    ("data_sources.remove_source", (
        "remove|delete|drop|unregister|disconnect|deregister [data] source {source}",
        "remove|delete|drop [data] source {source}",
        "get rid of [data] source|database {source}",
        "remove|delete|drop {source!} [data] [source]",
        "unregister|disconnect|deregister {source} [data] [source]",
        "get rid of {source!} [data] [source]",
    )),
    ("classifications.set_classification", (
        "classify|reclassify {asset} as {label}",
        "mark|flag {asset} as {label!}",
        "mark|flag|label|classify {asset!} as containing|holding|having|storing {label}",
        "mark|flag|label|classify {asset!} as text|notes|field|column|table "
        "with|of|containing|holding {label}",
        "mark|flag|label|classify {asset!} as free text with|of|containing|holding {label}",
        "label {asset} as {label}",
        "set|change|correct|update classification|label of|on|for {asset} to|as {label}",
        "set|change|correct|update {asset} classification|label to|as {label}",
        "set|assign|apply|put|attach|add label|classification {label!} on|onto|to|for {asset}",
    )),
    ("classifications.set_classification?label", (
        "set|change|correct classification|label of|on|for {asset}",
        "set|change|override|raise|lower|upgrade|downgrade|increase sensitivity|level|"
        "classification "
        "[level] of|on|for {asset!} to|as confidential|restricted|internal|public",
        "make|upgrade|downgrade|raise|lower|treat|set {asset!} [to|as] [strictly] "
        "confidential|restricted|internal|public|sensitive",
        "mark|flag|label {asset!} as [strictly|highly] "
        "confidential|restricted|internal|public|sensitive",
    )),
    ("classifications.confirm_classification", (
        "confirm|approve|accept [classification|label] [of|on|for] {asset!} [classification]",
        "confirm|approve|accept [that] {asset!} is|as|holds|contains|being|has {label!}",
        "confirm|approve|accept [label|classification] {label!} on|of|for {asset}",
    )),
    ("classifications.reject_classification", (
        "reject|dismiss|decline [classification|label] [of|on|for] {asset!} [classification]",
        "reject|dismiss|decline [label|classification] {label!} on|of|for|from {asset}",
        "{asset!} is not {label!}",
        "reject|dismiss|decline that {asset!} is|holds|contains|has {label!}",
        "remove|delete|clear label|classification {label} from|of|on {asset}",
        "remove|delete|clear {label!} label|classification from|of|on {asset}",
    )),
    ("classifications.classify_asset", (
        "classify [column|table|view] {asset} with|using|by [rule set] {rule_set!}",
        "classify [column|table|view] {asset} again|automatically",
        "classify|reclassify [all] [columns] [of|in] [column|table|view] {part!}",
        "detect what [column|table|view] {asset} holds|contains",
    )),
    ("classifications.propagate_classification", (
        "propagate|carry label|labels|classification|classifications of|from {asset}",
        "propagate|carry label|labels|classification|classifications of|from {asset} downstream",
        "propagate|carry label|labels|classification|classifications of|from {asset} "
        "along [its|their] lineage",
        "propagate|carry label {label!} of|from {asset}",
        "propagate|carry label {label!} of|from {asset} downstream",
        "propagate|carry label {label!} of|from {asset} along [its|their] lineage",
    )),
    ("classifications.withdraw_decision", (
        "take back rejection|confirmation|decision of|on|for {asset}",
        "take back rejection|confirmation|decision of|on label of|on|for {asset}",
        "withdraw|revoke rejection|confirmation|decision of|on|for {asset}",
        "withdraw|revoke rejection|confirmation|decision of|on label of|on|for {asset}",
    )),
    ("classifications.delete_label", (f"{_DROP} label {{label!}}",)),
    ("classifications.list_lessons", (
        "what have scans learned [from [our|my|people] decisions]",
        "which rejected labels are withheld [elsewhere]",
    )),
    ("scan_rule_sets.list_versions", (
        "which|what versions of [rule set] {rule_set!} are there",
        f"{_SHOW} [me] versions of [rule set] {{rule_set!}}",
        "what changed in [rule set] {rule_set!}",
    )),
    ("scan_rule_sets.delete_rule_set", (
        "delete|drop rule set {rule_set!}", "delete|drop {rule_set!} rule set",
    )),
    ("scan_rule_sets.export_rule_set", (
        "export|download [rule set] {rule_set!} [rule set] [as|to yaml|file]",
        "give [me] rule set {rule_set!} as yaml|file",
    )),
    ("scan_rule_sets.suggest_rules", (
        "suggest|propose|recommend [scan] rules|detectors for|on {asset}",
        "which|what detectors would find what {asset} holds|contains",
    )),
    ("scan_rule_sets.test_rule_set", (
        "test|try [rule set] {rule_set!} on|against {asset!}",
    )),
    ("compliance.evaluate_compliance", (
        "evaluate|re-evaluate|reevaluate|assess|reassess|recheck|re-check|judge "
        "[all] [{scope!}] compliance|rules|posture [{scope2!}]",
        "evaluate|re-evaluate|reevaluate|assess|reassess|recheck|re-check {scope!}",
        "evaluate|re-evaluate|reevaluate|assess|reassess|judge all|every "
        "framework|frameworks|rule|rules|regulations|standards",
        "judge|evaluate|assess [it|them] [{scope!}] by|against|under {scope2!}",
        "check {scope!} against {scope2!} [now|again] [and record findings|results]",
        "rescore|re-score|recalculate|recompute|refresh [{scope!}] "
        "compliance|posture|score|scores|findings|assessment [of|for|in] [{scope2!}]",
        "rescore|re-score|recalculate|recompute|redo [of|for|in] {scope!}",
        "evaluate|assess|judge|recheck|re-check|check {scope!} [again] [for|on|by] "
        "[all|every|each] frameworks|framework|regulations|standards",
        "assess|check|evaluate all|every|each framework|frameworks|standard|regulation "
        "for|in|on|against {scope!}",
        "run [all] [compliance] rules|checks|check|evaluation|assessment [{scope!}]",
        "run [all] {scope!} [compliance] rules|checks|check|evaluation|assessment [{scope2!}]",
    )),
    ("catalog.describe_asset", (
        "describe {asset} as|with {description}",
        "document {asset} as|with {description}",
        "describe|document {asset!} {quoted}",
        "set|change|update|add|edit|write description of|for|to|on {asset} to|as {description}",
        "set|change|update|add|edit|write description of|for|to|on {asset} {quoted}",
        "set|change|update {asset} description to|as {description}",
        "set|change|update its|their description to|as {description}",
        "add|set|write|put description {quoted} to|for|on {asset}",
        "give {asset} description {quoted}",
        "{asset!} description {quoted}",
        "comment on [table|view|column] {asset} {quoted}",
        "add|put|write comment|note {quoted} to|on|for {asset}",
        "[description|documentation] of|for {asset!} should|must|shall read|be|say|become {quoted}",
        "{asset!} description should|must|shall read|be|say|become {quoted}",
        "description|documentation of|for {asset!} should|must|shall read|be|say|become {quoted}",
        "note|write|record|document [down] [that] {asset!} is|holds|contains|means|stores {quoted}",
        "note|write|record [down] for|on|at {asset!} [that] [it] [is|holds|contains|says] {quoted}",
    )),
    ("catalog.describe_asset?asset", (
        "add|set|write|put [short] description {quoted}",
        "describe it|them as {quoted}",
    )),
    ("catalog.describe_asset?description", (
        f"{_WRITE} [meaningful|better|short|good] description|documentation|readme|docs "
        "of|for|to|on {asset}",
        "change|update|edit|write readme|description|documentation of|for {asset!} to {anything}",
        "document {asset}",
    )),
    ("catalog.set_owner", (
        "make|name|appoint|declare {owner} [as] [new] owner of|for {asset}",
        "make {owner} own {asset}",
        "make|name|appoint {owner} [as] {asset} [new] owner",
        "set|change|update owner|ownership of|for|on {asset} to|as {owner}",
        "set|change|update {asset} owner to|as {owner}",
        "set {owner} as [new] owner of|for|on {asset}",
        "assign|transfer|hand|move|give ownership of {asset} [over] to {owner}",
        "assign|transfer {asset!} [over] to {owner!} [as [its|their] [new] owner]",
        "assign {owner} as owner of|to|for {asset}",
        "add|set|assign|put [new] owner {owner!} to|for|on {asset!}",
        "add {owner!} as [new] owner of|to|for|on {asset!}",
        "assign {owner!} as|to [owner] [of|to] {asset!}",
        "{owner} should|shall|must own {asset}",
        "{asset!} should|shall|must be owned by {owner}",
        "let {owner!} own {asset}",
        "{owner} should|shall|must be|become owner of {asset}",
        "{owner} should|shall|must be|become {asset} owner",
        "give|hand|pass {asset!} [over] to {owner!}",
        "put|leave {owner!} in charge of {asset!}",
        f"{_HENCEFORTH} {{owner!}} owns|maintains {{asset!}}",
        f"{_HENCEFORTH} {{owner!}} looks|takes after|over|care [of] {{asset!}}",
        f"{_HENCEFORTH} {{owner!}} is responsible|accountable|owner for|of {{asset!}}",
        f"{_HENCEFORTH} {{owner!}} is in charge of {{asset!}}",
        f"{_HENCEFORTH} {{asset!}} belongs to {{owner!}}",
        f"{_HENCEFORTH} {{asset!}} is owned by {{owner!}}",
    )),
    ("catalog.set_owner?asset", (
        "make {owner} [new] owner",
        "set|change owner to {owner}",
        "set {owner} as [new] owner",
        "add|set|assign|put [new] owner {owner!}",
    )),
    ("catalog.set_owner?owner", ("set|assign|change owner of|for|to {asset}",)),
    ("catalog.tag_asset", (
        "tag {assets} [all] as|with [tag] {tag}",
        f"{_PUT} [new] tag|tags [called|named] {{tag}} to|on|onto|for {{assets}}",
        f"{_PUT} {{tag}} tag to|on|onto|for {{assets}}",
        f"{_PUT} {{tag}} as tag to|on|onto|for {{assets}}",
        "give {assets} tag {tag}",
        "give {assets} {tag} tag",
        "mark|flag|label {assets} [all] as|with [tag] {tag}",
        "tag {assets!} {tag!}",
        "tag {those} {tag}",
        f"{_PUT} label {{tag!}} to|on|onto|for {{assets!}}",
        "{assets!} needs|need|gets|get|wants tag {tag}",
        "{assets!} needs|need|gets|get|wants {tag} tag",
        "{assets!} should|shall|must have|get|carry|bear tag {tag}",
        "{assets!} should|shall|must have|get|carry|bear {tag} tag",
        "{assets!} should|shall|must be tagged [as|with] [tag] {tag}",
    )),
    ("catalog.tag_asset?asset", (
        f"{_PUT} tag {{tag}}",
        f"{_PUT} {{tag!}} tag",
    )),
    ("catalog.tag_asset?tag", (
        "tag {assets}", "add tag to {assets}", "put tag on {assets}", "add tags to {assets}",
    )),
    ("catalog.untag_asset", (
        "untag {assets} [as|from|with] {tag}",
        f"{_OFF} tag {{tag}} from|off|on|of {{assets}}",
        f"{_OFF} {{tag}} tag from|off|on|of {{assets}}",
        f"{_OFF} {{assets}} {{tag}} tag",
    )),
    ("catalog.untag_asset?tag", ("untag {assets}",)),
    ("scan_logic.start_scan", (
        "scan|rescan|re-scan {source} [for {anything}]",
        "classify|reclassify [source|database] {source!}",
        "scan|rescan|re-scan {source} to find {anything}",
        "scan|rescan|re-scan {source} with|using|by {rule_set}",
        "scan|rescan|re-scan {source} for {anything} with|using|by {rule_set}",
        f"{_RUN} [off] [{_ANEW}] scan|rescan of|on|for|over|in|against|across {{source}} "
        "[for {anything}]",
        f"{_RUN} [off] [{_ANEW}] scan|rescan of|on|for|over|in|against|across {{source}} "
        "with|using|by {rule_set}",
        f"{_RUN} [off] {{source!}} scan [again]",
        "go|run over|through {source!} [again] [[looking|searching] for {anything}]",
        f"have|take {_ANEW} look at|over|through {{source!}} [for {{anything}}]",
        f"{_RUN} {{source}} scan",
        f"{_RUN} scanning {{source}}",
        f"{_RUN} [rule set] {{rule_set!}} on|against|over|for|in {{source}}",
        "scan data|tables|columns|everything in|of {source}",
        "have {source} scanned",
    )),
    ("scan_logic.unschedule_scan", (
        "unschedule scan|scans of {source}",
        f"{_DROP} [scan] schedule of|for {{source}}",
    )),
    ("scan_logic.list_scan_schedules", (
        "which|what scans are scheduled",
        "which|what scan schedules are there",
        f"{_SHOW} [me] [all] scan schedules",
    )),
    ("scan_logic.start_scan?source", (
        "scan|rescan [source|database|data|something]",
        f"{_RUN} [off] [{_ANEW}] scan",
    )),
    ("rbac.create_user", (
        "create|add|register|make|invite|set [up] [new] user|account|login|colleague "
        "[for|named|called] {name} [and] [with] [email|mail] [address] {email} "
        "[and] [as|with] [role] [{role!}] [role]",
        "create|add|register|make|invite|set [up] [new] user|account|login "
        "[for|named|called] {name} as {role!} [and] [with] [email|mail] [address] {email}",
        "add|create|invite|register {name} {email} [as|with] [role] {role!} [role]",
        "add|create|invite|register {email} as [new] [user] {name}",
        "invite {name} {email}",
    )),
    ("rbac.create_user?email", (
        "create|add|register|make|invite|set [up] [new] user|account|login "
        "[for|named|called] [{name}]",
    )),
    ("rbac.grant_role", (
        f"{_GIVE} [to] {{user}} [role] {{role!}} [on|for|in|of|over|within {{source}}]",
        f"{_GIVE} [role] {{role!}} [role] to {{user}} [on|for|in|of|over|within {{source}}]",
        f"{_GIVE} [role] {{role!}} [role] on|for|in|of|over {{source}} to {{user}}",
        "make|appoint {user} [as] {role!} [of|on|for|in|over|within {source}]",
        "add {user} to|as [role] {role!}",
        "set {user} as {role!} [of|on|for|in|over|within {source}]",
        "promote {user} to {role!}",
        "{user!} should|shall|must be|become {role!} [on|for|in|of {source}]",
        "let {user!} act|work|serve|be [as] {role!} [of|on|for|in|over|within {source}]",
        f"{{user!}} needs|requires|gets|wants [role] {{role!}} {_RIGHTS} {_OVER}",
        f"{{user!}} should|shall|must have|get|hold [role] {{role!}} {_RIGHTS} {_OVER}",
        f"{{user!}} has|is to have|get|hold|be [role] {{role!}} {_RIGHTS} {_OVER}",
        f"grant|give|set {{user}} [up] [with] {{role!}} {_RIGHTS} {_OVER}",
        f"grant|give {{user}} {{role!}} {_RIGHTS.strip('[]')} {_OVER}",
        f"set {{user!}} up with|as [role] {{role!}} {_RIGHTS} {_OVER}",
        f"make sure [that] {{user!}} gets|has|is|becomes [role] {{role!}} {_RIGHTS} {_OVER}",
    )),
    ("rbac.grant_role?role", (
        "grant|give {user} access|permission|permissions|rights [to|on|for|in {source}]",
        "grant|give {user} read|write access|permission|rights [to|on|for|in {source}]",
        "grant|give access to {source} to {user}",
        "grant|give {user!} role|permissions",
        "grant|give|assign {user!} [role] {anything} role [on|for|in {source}]",
        "grant|give|assign role {anything} to {user!}",
        "let {user!} see|read|access|use|query|edit|change {source}",
        "{user!} needs|requires|wants [read|write|edit] access|permission|permissions|rights "
        "[to|on|for|in {source}]",
        "{user!} should|must be able to see|read|access|use|query|edit|change {source}",
        "{user!} needs to see|read|access|use|query|edit|change {source}",
    )),
    ("rbac.revoke_role", (
        f"{_TAKE} [role] {{role!}} [role] [away] from {{user}} [on|for|in {{source}}]",
        "revoke|remove|withdraw {user} [role] {role!} [on|for|in {source}]",
        "take {user} [role] {role!} away",
        "demote {user} from {role!}",
        "{user!} should|shall|must not be {role!} [anymore]",
        "{user!} should no longer be {role!}",
    )),
    ("rbac.revoke_role?role", (
        "revoke|remove|withdraw {user} access|permission|permissions|rights [to|on|for {source}]",
    )),
    ("rbac.list_teams", ("which|what teams are there", f"{_SHOW} [me] [all] teams")),
    ("rbac.get_team", (
        f"{_SHOW} [me] team {{team}}",
        "who is|works in|on team {team}",
        "who is|works in|on {team} team",
    )),
    ("rbac.create_team", (
        f"{_MAKE} team [called|named] {{title}}",
        f"{_MAKE} team [called|named] {{title}} with|of {{members!}}",
    )),
    ("rbac.delete_team", (f"{_DROP} team {{team}}",)),
    ("rbac.add_team_member", (
        "add|put {user!} to|into|in team {team}",
        "add|put {user!} to|into|in {team} team",
    )),
    ("rbac.remove_team_member", (
        "remove|take {user!} from|off team {team}",
        "remove|take {user!} from|off {team} team",
    )),
    ("rbac.grant_team_role", (
        f"{_GIVE} team {{team}} [role] {{role!}} [role] [on|for|in|of|over {{source}}]",
        f"{_GIVE} [role] {{role!}} [role] to team {{team}} [on|for|in|of|over {{source}}]",
        "make team {team} {role!} [of|on|for|in|over {source}]",
    )),
    ("scan_logic.unschedule_scan", (
        "stop|cancel|end|remove|delete|disable|unschedule|pause scheduled scan|scans of|for|on "
        "{source!}",
        "stop|cancel|end|remove|delete|disable|unschedule scan schedule of|for|on {source!}",
        "stop|cancel|end|remove|delete|disable|unschedule {source!} scan schedule",
        "stop scanning {source!} on schedule",
    )),
    ("catalog.update_asset", (
        "add|put|include {adds!} to|in|into [data] product|dashboard|metric {registered!}",
        "add|put|include {adds!} to|in|into {registered!} [data] product|dashboard|metric",
    )),
    ("rbac.grant_team_role", (
        f"{_GIVE} everyone|everybody|members|people in|of|on team {{team}} [role] {{role!}} "
        f"{_RIGHTS} [on|for|in|to {{source}}]",
        f"{_GIVE} everyone|everybody|members|people in|of|on {{team}} team [role] {{role!}} "
        f"{_RIGHTS} [on|for|in|to {{source}}]",
        f"{_GIVE} {{team}} team [role] {{role!}} {_RIGHTS} [on|for|in|to {{source}}]",
    )),
    ("rbac.grant_team_role?role", (
        "grant|give [everyone|everybody|members|people] [in|of|on] {team} team [read|write] "
        "access|rights|permission [to|on|for {source}]",
    )),
    ("rbac.simulate_grant", (
        "what would {user!} gain as {role!} [of|on|for|in {source}]",
        "what would {user!} gain|get with role {role!} [on|for|in {source}]",
        "simulate granting|giving [role] {role!} [role] to {user!} [on|for|in {source}]",
    )),
    ("rbac.disable_user", (
        "disable|deactivate|suspend|block|offboard|close|lock [user|account|account of] "
        "{user!} [account]",
        "disable|deactivate|suspend|block|offboard [user|account|account of] {user} [account]",
        "{user!} [has] left [company|firm|organisation|organization|us|team] [so] "
        "close|disable|deactivate|suspend|block|lock his|her|their account",
    )),
    ("rbac.update_user", (
        "rename [user] {user!} to {title}",
        "change|set|update {user!} e-mail|email|mail [address] to {email}",
        "change|set|update e-mail|email|mail [address] of {user!} to {email}",
    )),
    ("rbac.get_role", (f"{_SHOW} [me] role {{role!}}", "describe role {role!}")),
    ("rbac.delete_role", (f"{_DROP} role {{role}}",)),
    ("rbac.create_service_account", (
        f"{_MAKE} service account [for|called|named] {{title}} owned by {{owner!}}",
        f"{_MAKE} service account [for|called|named] {{title}}",
    )),
    ("catalog.list_domains", (
        "which|what [business|data] domains are there",
        f"{_SHOW} [me] [all] [business|data] domains",
    )),
    ("catalog.get_domain", (
        f"{_SHOW} [me] [business] domain {{domain}}",
        "what lies|is in [business] domain {domain}",
    )),
    ("catalog.create_domain", (
        f"{_MAKE} [business] domain [called|named] {{title}}",
        f"{_MAKE} [business] domain [called|named] {{title}} owned by {{owner!}}",
        f"{_MAKE} [business] domain [called|named] {{title}} within|in|under {{parent}}",
    )),
    ("catalog.update_domain", (
        "make|set {owner!} [as] owner of [business] domain {domain}",
        "rename [business] domain {domain} to {title}",
    )),
    ("catalog.delete_domain", (f"{_DROP} [business] domain {{domain}}",)),
    ("catalog.set_domain", (
        "set|change domain of {asset} to {domain}",
        "put|move {asset!} in|into|to [business] domain {domain}",
        "put|move {asset!} in|into|to {domain} domain",
    )),
    ("catalog.set_source_domain", (
        "set|change domain of source {source} to {domain}",
        "set|change domain of all tables|assets of|in {source!} to {domain}",
        "put|move all tables|assets of|in {source!} in|into|to [business] domain {domain}",
        "put|move [source|database] {source!} in|into|to [business] domain {domain}",
        "put|move [source|database] {source!} in|into|to {domain} domain",
    )),
    ("catalog.find_similar_assets", (
        "which|what tables|views|assets|columns are similar to|like {asset!}",
        "find|show [me] tables|views|assets|columns similar to|like {asset!}",
    )),
    ("catalog.get_usage", (
        "which|what tables|assets|views are used most|often",
        "what are most popular|used tables|assets|views",
        "how often is {asset!} used|looked",
        "who uses {asset!}",
    )),
    ("catalog.export_catalog", (
        "export catalog [of|for {source!}] [as|in|to {format}]",
        "export catalog as|in {format} of|for {source!}",
    )),
    ("catalog.get_contract", (
        f"{_SHOW} [me] [data] contract of|for {{asset!}}",
        "what does [data] contract of|for {asset!} promise",
    )),
    ("catalog.check_contract", (
        "check|validate|verify|test [data] contract of|for|on {asset} [against {anything}]",
    )),
    ("catalog.get_glossary_term", (
        f"{_SHOW} [me] glossary term {{term}}",
        "what does glossary say about {term}",
        "how is {term} defined in glossary",
    )),
    ("catalog.link_glossary_term", (
        f"{_PUT}|link [business] [glossary] term {{term}} to|with|on {{asset!}}",
        f"{_PUT}|link {{term}} business|glossary term to|with|on {{asset!}}",
    )),
    ("catalog.update_glossary_term", (
        "rename [business] [glossary] term {term} to {title}",
    )),
    ("catalog.delete_glossary_term", (f"{_DROP} glossary term {{term}}",)),
    ("catalog.certify_asset", (
        "certify table|view|dataset {asset}",
        "certify {asset}",
        "mark {asset} as certified",
    )),
    ("catalog.profile_asset", (
        "profile table|view {asset}",
        "profile {asset}",
        "make [new] profile of {asset}",
    )),
    ("catalog.run_quality_checks", (
        f"{_RUN} [all] quality checks|check of|on|for {{asset}}",
        f"{_RUN} [all] [data] quality|dq|validation checks|check|tests|test|rules of|on|for "
        f"{{asset}}",
        "check quality of {asset} [now]",
    )),
    ("workspaces.create", (
        f"{_MAKE} workspace for|called|named {{title}}",
    )),
    ("scan_rule_sets.clone_rule_set", (
        "clone|copy|duplicate [rule set] {rule_set!} [rule set] as|to [rule set] {title}",
    )),
    ("workflows.execute", (f"{_RUN} workflow {{workflow}} [now]",)),
    ("workflows.delete", (f"{_DROP} workflow {{workflow}}",)),
    ("workflows.versions", (
        "which|what versions of workflow {workflow} are there",
        f"{_SHOW} [me] versions of workflow {{workflow}}",
    )),
    ("workflows.diff", (
        "what changed in workflow {workflow}",
        "compare versions of workflow {workflow}",
    )),
    ("workflows.get", (f"{_SHOW} [me] workflow {{workflow}}",)),
    ("workflows.optimize", ("how could|can workflow {workflow} be faster",)),
    ("workflows.schedules", (
        "which|what workflows run|are on schedule",
        "which|what workflows are scheduled",
        f"{_SHOW} [me] [all] schedules",
        "which|what schedules are there",
    )),
    ("workflows.schedule_runs", ("when did schedule {schedule} run",)),
    ("workflows.unschedule", (
        f"{_DROP} schedule {{schedule}}",
        "unschedule {schedule}",
    )),
    ("workflows.templates", (
        "which|what workflow templates are there",
        "which|what workflow templates do you have",
        f"{_SHOW} [me] workflow templates",
        "what ready-made workflows do you have",
    )),
    ("workflows.create_from_template", (
        "create|make [new] workflow from template {template}",
    )),
    ("workflows.undo", (
        "undo [whole] execution",
        "undo plan",
        "take back everything [that] plan did",
    )),
    ("pipelines.list", ("which|what pipelines are there", f"{_SHOW} [me] [all] pipelines")),
    ("pipelines.get", (f"{_SHOW} [me] pipeline {{pipeline}}", "what does pipeline {pipeline} do")),
    ("pipelines.execute", (f"{_RUN} pipeline {{pipeline}} [now]",)),
    ("pipelines.status", (
        "how is pipeline {pipeline} going|doing",
        "which stage is pipeline {pipeline} in",
    )),
    ("pipelines.health", ("how healthy is pipeline {pipeline}",)),
    ("pipelines.bottlenecks", (
        "what slows pipeline {pipeline} down",
        "where is bottleneck of [pipeline] {pipeline}",
    )),
    ("pipelines.optimize", (
        "how could|can pipeline {pipeline} be faster",
        "optimize|optimise pipeline {pipeline}",
    )),
    ("pipelines.versions", ("which|what versions of pipeline {pipeline} are there",)),
    ("pipelines.delete", (f"{_DROP} pipeline {{pipeline}}",)),
    ("pipelines.templates", (
        "which|what pipeline templates are there",
        f"{_SHOW} [me] pipeline templates",
    )),
    ("assistant.optimize_pipeline", (
        "make pipeline {pipeline} faster",
        "apply your suggestions to pipeline {pipeline}",
    )),
    ("assistant.list_plans", (
        "which|what plans wait for approval",
        "which|what plans are waiting for approval",
        f"{_SHOW} [me] [all] [open|pending] plans",
        "what waits for approval",
        "what is waiting for approval",
    )),
    ("approvals.list_rules", (
        "which|what approval rules are there",
        f"{_SHOW} [me] [all] approval rules",
        "what needs second person's approval",
    )),
    ("approvals.list_policies", (
        "what is approved in advance",
        "which|what standing policies are there",
        f"{_SHOW} [me] [all] standing policies",
    )),
    ("approvals.revoke_policy", ("revoke standing policy {policy}",)),
    ("approvals.delete_rule", (f"{_DROP} approval rule {{rule}}",)),
    ("activity.list_tasks", (
        "which|what tasks are open",
        "which|what tasks are there",
        f"{_SHOW} [me] [all] [open] tasks",
    )),
    ("activity.create_task?title", (
        "open|raise|file|create task [for|to {anything}]",
    )),
    ("activity.complete_task", ("task {task} is done", "complete|finish task {task}")),
    ("rbac.review_access", (
        "review access",
        "which|what grants are unused [or excessive]",
        "are there separation-of-duties conflicts",
    )),
    ("orchestration.metrics", (
        "how busy is racine|system",
        "which|what operations are slow [or fail most]",
    )),
    ("activity.undo", (
        "undo|revert|reverse [activity|change|action|event|number] {activity}",
        "roll back [activity|change|action|event|number] {activity}",
    )),
    ("activity.undo?activity", (
        "undo|revert|reverse [that|it|this|everything] [last|latest|previous] "
        "[change|changes|action|activity|step|edit]",
        "undo|revert|reverse all|everything [of] [that|it|this]",
        "undo|revert|reverse whole thing|lot",
        "roll|take all|everything [of] [that|it|this] back",
        "take back [last|latest|previous] change|changes|action|step",
        "roll back [that|it|this] [last|latest|previous] [change|changes|action|step]",
    )),
    ("assistant.remember", (
        "remember [that] {note}",
        "keep in mind [that] {note}",
        "[remember that] we|people|they call {asset!} {alias}",
        "[remember that] {alias} stands for {asset!}",
        "remember [name] {alias} for {asset!}",
        "remember {asset!} as {alias}",
    )),
    ("assistant.forget", ("forget memory|name|fact|preference|that {memory}",)),
    ("assistant.correct_memory", ("correct|change|update memory {memory} to {note}",)),
)  # fmt: skip

FRAMES: tuple[Frame, ...] = tuple(
    Frame(name.partition("?")[0], pattern, name.partition("?")[2] or None)
    for name, patterns in _TABLE
    for pattern in patterns
)

# Words a clause may only begin with when it asks for a change. A clause that does and fits no
# frame asks for something the planner can't do; it must not fall through to a reading operation.
IMPERATIVES = words(
    """
    register add connect onboard import attach integrate link load hook plug delete drop
    remove unregister disconnect deregister truncate rename deprecate certify create make set
    assign transfer classify reclassify mark flag confirm approve reject dismiss tag untag
    grant give revoke withdraw take strip promote demote invite disable enable deactivate
    suspend undo revert rollback scan rescan start run launch kick trigger begin execute
    schedule unschedule pause resume cancel stop retry rotate update change edit modify fix
    mask unmask encrypt anonymize anonymise purge erase wipe clean export send notify
    subscribe alert raise resolve waive migrate copy clone merge split publish deploy upload
    download write put apply refresh sync crawl introspect discover evaluate assess reassess
    recheck re-evaluate roll propagate ban fire block unblock lock unlock reset hire generate
    build develop design draft join leave share archive restore backup install configure
    expose insert append watch monitor remember forget judge profile offboard move override
    transfer reassign
    """
)
