"""Everyday words for what frameworks demand, with the field's own. Literal; for searches only.

A practice is described as people speak ("fired nurses lose their login"), a control as law and
standards do ("termination procedures"). A term is only added to what was asked, so that a wrong one
costs little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_LONGEST = 300  # a longer text is a control's own, in the field's words already
_FLATTENING = 10
_TERMS = (
    (r"fired|lay ?offs?|laid off|quits?|leavers?|resign\w*|offboard\w*|left the (?:company|firm)"
     r"|leaves? (?:us|the company|the firm)",
     "termination of employment, access removed when people leave"),
    (r"new hires?|joiners?|onboard\w*|before hiring|new starters?",
     "registration and authorisation of new users, screening and clearance of the workforce"),
    (r"background checks?|criminal records? check|references? check", "screening of personnel"),
    (r"logins?|log ?in|sign ?in|log ?on|accounts?", "user identification and authentication"),
    (r"own (?:login|account)|shared (?:logins?|accounts?|passwords?)",
     "unique user identification"),
    (r"mfa|2fa|two[- ]factor|second factor|authenticator|one[- ]time codes?|passkeys?",
     "multi-factor authentication"),
    (r"wrong passwords?|failed (?:logins?|attempts)|brute force|lock(?:ed)? out",
     "lockout after invalid authentication attempts"),
    (r"screens? locks?|lock the screen|walk away|idle|inactiv\w+",
     "session lock, automatic logoff, idle session timeout"),
    (r"four eyes|two[- ]man rule|maker[- ]checker|two (?:people|persons) (?:must|have to)"
     r"|second (?:person|pair of eyes)|same person (?:may|can|must)(?: not|n't)?",
     "separation of duties, dual authorization"),
    (r"need[- ]to[- ]know|no more (?:access|rights) than|only the rights|admin rights",
     "least privilege, role-based access"),
    (r"who (?:has|can) access|recertif\w*|access reviews?|rights every (?:quarter|year)",
     "review of user access and privileges"),
    (r"break[- ]glass|in an emergency", "emergency access procedure"),
    (r"logs?|logged|logbook|trail|who (?:did|looked|touched|opened|saw)",
     "audit records, logging and monitoring of events"),
    (r"siem|alerts?|alarm|suspicious|strange|anomal\w+", "monitoring, detection of anomalies"),
    (r"clocks?|ntp|same time on", "time synchronisation"),
    (r"tls|ssl|https|vpn|sftp|over the (?:internet|wire)|in transit",
     "encryption in transit, transmission with strong cryptography"),
    (r"encrypt\w*|scrambl\w*|unreadable|bitlocker|disk encryption",
     "encryption, cryptographic protection, data rendered unreadable"),
    (r"(?:rotate|change|renew) (?:the |our |encryption |crypto )*(?:keys?|certificates?)|kms|hsm",
     "cryptographic key management, end of the cryptoperiod"),
    (r"tokens?|tokeni[sz]\w*|pseudonym\w*|hash\w*|masks?|mask(?:ed|ing)|hide|last four",
     "pseudonymisation, masking, truncation"),
    (r"anonym\w*|strip (?:the )?(?:names|identifiers)|no longer identif\w+", "de-identification"),
    (r"patch\w*|security updates?|security holes?|bugs?|cves?|vulnerab\w+",
     "vulnerabilities, flaw remediation, security patches"),
    (r"pen ?tests?|hackers?|ethical hack\w*|red team", "penetration testing"),
    (r"antivirus|anti[- ]virus|virus(?:es)?|malware|ransomware|trojans?",
     "protection from malicious software"),
    (r"phish\w*|spam|scams?|fake (?:mails?|e-?mails?)", "phishing, security awareness training"),
    (r"teach|courses?|learns?|train(?:ed|ing)?|workshop", "security awareness and training"),
    (r"firewalls?|ports?|perimeter|dmz", "network security controls, boundary protection"),
    (r"wi-?fi|wlan|wireless", "wireless networks and access points"),
    (r"visitors?|badges?|doors?|server rooms?|data cent(?:er|re)s?|cctv|cameras?|fence|guards?",
     "physical access to facilities, visitors"),
    (r"clean desk|clear desk|papers? on (?:the )?desk", "clear desk and clear screen"),
    (r"shred\w*|wipe\w*|old (?:disks?|drives?|laptops?|computers?)|throw\w* away|scrap\w*|bin",
     "media sanitisation, secure disposal and destruction of media"),
    (r"usb|sticks?|removable|data leav\w+|leak(?:s|ed|ing)? by (?:mail|e-?mail)|exfiltrat\w*|dlp",
     "removable media, data leakage prevention"),
    (r"laptops?|phones?|byod|own devices?|tablets?",
     "mobile and end point devices, return of assets"),
    (r"home ?office|work(?:ing)? from home|remote work\w*", "remote working, alternate work site"),
    (r"backups?|back up|restore\w*|outages?|down ?time",
     "backup, recovery, restoring availability"),
    (r"disasters?|fire ?drills?|worst case|(?:practi[cs]e|rehears\w+|drill|test) (?:the|our) "
     r"(?:\w+ )?(?:plan|emergency|recovery)",
     "contingency plan, disaster recovery, testing of the plan"),
    (r"hacked|leaks?|leaked|stolen|breach\w*|lost (?:laptop|data)|incidents?",
     "personal data breach, security incident response"),
    (r"regulators?|watchdog|data protection authority|ico|cnil", "supervisory authority"),
    (r"inform|tell|notify|warn", "notification"),
    (r"dpo|privacy officer", "data protection officer, tasks and position"),
    (r"ciso|security officer|who is in charge|who is responsible",
     "assigned security responsibility"),
    (r"punish\w*|disciplin\w*|consequences|snoop\w*", "sanctions, disciplinary process"),
    (r"vendors?|suppliers?|cloud|saas|outsourc\w*|service providers?|contractors?|third part\w+",
     "third parties, processors, service providers, business associates, contracts with them"),
    (r"checkbox\w*|tick(?:s|ed|ing)?|opt(?:s|ed)?[- ]?in|agrees?|says? yes|permission",
     "consent, proof that consent was given"),
    (r"unsubscrib\w*|opt(?:s|ed)?[- ]?out|change (?:my|their) minds?|says? no|take back",
     "withdrawing consent, objection, right to opt out"),
    (r"ads?|advert\w*|marketing|newsletters?", "direct marketing"),
    (r"(?:never|not|only|no) (?:\w+ ){0,3}for (?:\w+ ){0,2}(?:ads|anything else|another|other)"
     r"|re-?us(?:e|ed|ing)|repurpos\w*|something else|what it was collected for",
     "purpose limitation, compatible further purposes"),
    (r"religio\w*|fingerprints?|biometr\w*|face recognition|ethnic\w*|race|union|sexual\w*|dna"
     r"|political\w*|genetic\w*",
     "special categories of personal data, sensitive personal information"),
    (r"kids?|child(?:ren)?|minors?|teenagers?|under (?:13|16)|parents?|pupils?",
     "children, parental consent"),
    (r"bought|purchas\w*|brokers?|scrap(?:e|ed|ing)|from (?:other|another"
     r"|public) (?:\w+ )?sources?",
     "personal data not obtained from the person, collected from elsewhere"),
    (r"cookies?|banner|privacy (?:notice|policy|statement)|tells? (?:people|users"
     r"|customers) (?:what|why|who)",
     "information to be given when personal data is collected, privacy notice"),
    (r"out of the box|preset|pre-?selected|standard settings|strictest settings?",
     "protection by default"),
    (r"from the start|while designing|when we build", "data protection by design"),
    (r"what (?:we|you|they) (?:know|have|hold|store) (?:about|on)|copy of (?:my|their|his|her) data"
     r"|subject access|dsar",
     "right of access, request to know"),
    (r"wrong (?:\w+ )?(?:data|address|name|birthdays?)|outdated|fix|typos?|correct\w*",
     "right to rectification, correction, accuracy"),
    (r"forg[eo]t\w*|erase\w*|delet\w*|remove (?:me|my|their)", "right to erasure, deletion"),
    (r"(?:keep\w*|kept|stor\w+) (?:\w+ ){0,3}(?:too long|for ever|forever|years?|months?|days?)"
     r"|(?:after|older than|for) \d+ (?:days?|months?|years?)|how long|paperwork|archive",
     "retention period, storage limitation, documentation retained"),
    (r"take (?:my|their) data|move to (?:a |another )?(?:competitor|provider)|machine[- ]readable",
     "data portability"),
    (r"algorithm\w*|robots?|ai|model decides|computer says|scoring",
     "automated decisions, profiling"),
    (r"abroad|overseas|usa?|united states|outside (?:of )?europe|foreign",
     "transfers to third countries"),
    (r"fields? (?:that )?nobody|don'?t (?:need|collect)|unnecessary|as little",
     "data minimisation, minimum necessary"),
    (r"secret or public|confidential or|label(?:s|l?ed|l?ing)?|sensitivity",
     "classification and labelling of information"),
    (r"test (?:servers?|systems?|data|copies|environments?)|staging|sandbox",
     "test environments separated from production, live data not used in tests"),
    (r"going live|go live|releases?|deploy\w*|pull requests?|code is reviewed|roll ?outs?",
     "change management, testing and approval of changes, code review"),
    (r"sell\w*|sold", "sale of personal information"),
    (r"same price|worse service|charge more",
     "no retaliation or discrimination for exercising rights"),
)  # fmt: skip
_FOUND = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), terms) for words, terms in _TERMS)


def wordings(query: str) -> list[str]:
    """What was asked; and, if it has everyday words, the same with the field's terms for them."""
    terms = [terms for words, terms in _FOUND if words.search(query)]
    if len(query) > _LONGEST or not terms:
        return [query]
    return [query, ". ".join([query, *terms])]


def merged(rankings: Sequence[Sequence[str]]) -> list[str]:
    """One ranking of several, by the reciprocal ranks: what is near in each comes first."""
    scores: defaultdict[str, float] = defaultdict(float)
    for ranking in rankings:
        for rank, one in enumerate(ranking):
            scores[one] += 1 / (_FLATTENING + rank)
    return sorted(scores, key=lambda one: -scores[one])
