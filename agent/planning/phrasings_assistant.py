"""How people ask for what the assistant keeps and advises; see `phrasings`."""

from __future__ import annotations

ASSISTANT: tuple[tuple[str, str], ...] = (
    ("assistant.list_plans", """
        show pending approvals
        what is waiting for my approval
        which plans are open
        which plans wait for me
        what do i have to approve
        approval requests in my queue
        which plans did i propose
        proposals awaiting sign off
        what needs my sign off
        my approval inbox
        plans of {person} that wait for me
        was my plan approved
        change requests waiting for a decision
        rejected plans
        which requests have i not decided yet
        drafts of changes not yet approved
        requests on my desk
        who approved the last plan
        which plans did I approve
        pending approvals
        what awaits sign-off
        what is waiting for somebody's approval
        open change requests"""),
    ("assistant.insights", """
        any insights
        what insights are there about {source}
        show me insights across groups
        what trends do you see in governance
        which patterns stand out
        what goes together with findings
        what correlates with open findings
        where do findings pile up
        what do the groups tell together
        is our backlog of findings growing
        did personal data grow lately
        what is the big picture of our governance
        which rule causes most trouble
        where are our weak spots
        executive summary of our governance
        hot spots
        governance kpis
        state of our data governance
        overall picture for management"""),
    ("assistant.anomalies", """
        any outliers in row counts
        did the number of rows drop anywhere
        is anything unusual going on with our data
        which tables changed their volume suddenly
        anything out of the ordinary
        sudden spike in nulls
        unexpected changes in volume
        did access jump for anyone
        abnormal scan durations
        suspicious activity in {source}
        detect outliers in {asset}
        data incidents nobody expected
        which values deviate from their history
        strange numbers in {source} lately
        alerts on data volume
        did the null rate of {column} jump
        irregularities this week
        weird access patterns
        suspicious behaviour
        strange things in {source}"""),
    ("assistant.list_conversations", """
        earlier conversations
        which conversations did i have this week
        chat history
        what did we talk about before
        my previous sessions with you
        open my recent chats
        all threads i started
        past discussions with the assistant
        find the conversation about retention
        how many chats do i have
        browse my dialogues
        latest conversations first
        conversations from yesterday
        what was i asking you last time"""),
    ("assistant.get_conversation", """
        open the chat about {source}
        show all turns of this conversation
        what was said in that chat
        transcript of the conversation {name}
        let me reread our last conversation
        go to the conversation {name}
        what did i ask in that conversation
        display the whole thread {name}
        messages of the conversation {name}
        what did you answer me in the conversation {name}
        reopen the discussion {name}
        scroll back through that dialogue
        reread the conversation where we spoke of {asset}"""),
    ("assistant.find_operations", """
        which capability handles lineage
        which tool do i use to mask a column
        is there a command for exporting findings
        list the available actions on scans
        which api call creates a role
        how is the operation called that clones rule sets
        which feature lets me compare schemas
        what operations take a source
        what commands exist about approvals
        which mcp tool registers a source
        which of your skills concern contracts"""),
    ("assistant.optimize_pipeline", """
        apply the optimization to the pipeline {pipeline}
        speed {pipeline} up with your suggestions
        put your proposals for {pipeline} into effect
        implement the improvements of {pipeline}
        let the stages of {pipeline} run in parallel
        carry out the tuning of {pipeline}
        adopt the optimization advice for {pipeline}
        use your recommendations to shorten {pipeline}
        parallelize the pipeline {pipeline}
        cache the repeated steps of {pipeline}
        drop the redundant steps from {pipeline}
        save an optimized version of {pipeline}
        reorder {pipeline} as you suggested"""),
    ("assistant.list_receipts", """
        all answer receipts
        receipts since monday
        receipts of the answers {person} got
        evidence records of what the assistant answered
        show the receipt log
        latest receipts first
        records that prove what you answered
        receipts for questions about {source}
        how many receipts are there
        which answers were recorded this week
        my receipts
        signed records of ai answers
        index of answer receipts"""),
    ("assistant.get_receipt", """
        receipt of your last answer
        which calls led to that answer
        what did you read for this answer
        which model wrote that answer
        open the receipt {name}
        how did you arrive at this answer
        what is your answer based on
        citations behind your last reply
        proof for the answer you gave
        show the hashes of that answer
        which sources did you consult for your reply
        give me the provenance of this answer
        trace your answer back to its calls
        details of the receipt {name}"""),
    ("assistant.verify_receipts", """
        check the receipts for tampering
        was any answer altered afterwards
        validate the receipt chain
        are any receipts missing
        has someone forged a receipt
        prove that no answer was changed
        integrity of the answer receipts
        do the hashes of the receipts match
        is the receipt {name} genuine
        were receipts removed or inserted
        recompute the receipt hashes
        can i trust the recorded answers
        confirm that the receipts are authentic"""),
    ("assistant.recommendations", """
        top priorities for today
        how can i improve our governance
        suggest next steps for {source}
        where should i begin
        what would you tackle first
        any suggestions for {asset}
        advice for {source}
        quick wins
        which improvements would matter most
        recommended actions
        what should i look at first
        what is most urgent
        where should we start
        next best action
        priorities for this week"""),
    ("assistant.accept_recommendation", """
        take your first suggestion
        go with the second recommendation
        follow that recommendation
        adopt the recommendation about {source}
        act on your advice
        i agree with the first suggestion
        do what you recommended
        proceed with your third suggestion
        turn that recommendation into a plan
        implement the recommended action
        let's do the first thing you suggested
        accept the suggestion {name}
        say yes to your proposal about {asset}"""),
    ("assistant.dismiss_recommendation", """
        ignore that recommendation
        don't suggest this again
        reject your second suggestion
        decline the recommendation {name}
        hide the recommendation about {source}
        discard the suggestion {name}
        stop recommending this for {source}
        skip the first recommendation, it is not relevant
        turn down your advice because we plan otherwise
        wave off the suggestion about {asset}
        drop the third recommendation from my list
        mark the recommendation {name} as not useful
        silence the suggestion on {source}"""),
    ("assistant.list_memories", """
        what have you learned about our team
        which facts have you stored
        list what you keep in mind
        preferences you have saved
        which nicknames for tables have you learned
        your notes about {name}
        what did i ask you to remember
        everything you memorized
        stored memories of my team
        which aliases do you know for {asset}
        do you remember anything about {source}
        which of my habits do you know
        knowledge you keep for us"""),
    ("assistant.remember", """
        keep in mind that {asset} is reloaded on sundays
        note for later that i prefer short answers
        when i say {name} i mean {asset}
        save the nickname {name} for {asset}
        memorize that {person} looks after {source}
        bear in mind that we close the books on the fifth
        learn that {name} stands for {asset}
        don't forget that our year starts in july
        store the fact that {source} is frozen in december
        make a mental note that {source} is read only
        take note that my team only cares about {source}
        hold on to the fact that {person} prefers tables"""),
    ("assistant.correct_memory", """
        that memory is wrong, it should say {name}
        fix the memory {name}
        update what you remember about {name}
        you remembered it wrongly, correct it
        amend your note about {name}
        edit the stored fact {name}
        rewrite the memory {name}
        revise what you know about our reviews
        replace the memory {name} with {name}
        adjust the preference you stored
        set the remembered name of {asset} right
        modify the saved preference {name}
        put right what you noted about {name}"""),
    ("assistant.forget", """
        erase the memory {name}
        delete what you remember about {name}
        remove the stored preference {name}
        drop the nickname {name}
        clear that memory
        don't remember {name} any longer
        wipe the fact {name} from your memory
        forget that i prefer short answers
        unlearn the alias {name}
        discard the memory {name}
        forget what i told you about {source}
        strike the note {name} from memory
        purge my saved preference {name}"""),
    ("assistant.forget_all", """
        wipe all your memories of me
        erase everything i told you
        clear all my memories
        delete all you remember about me
        drop all my lessons
        forget all the names i taught you
        start with a clean memory of me"""),
    ("assistant.teach", """
        learn that by guardians i mean owners
        teach you what i mean by a request
        next time read that as who owns it
        remember how this request is meant"""),
    ("assistant.replay", """
        rerun that answer against today's data
        is your earlier answer still true
        has anything changed since you answered that
        repeat the calls of the receipt {name}
        reproduce the answer {name}
        would the same question give a different result now
        does last month's answer still hold
        why is the answer different today
        recompute your previous answer
        check the old answer again
        is the receipt {name} reproducible
        ask the same again and compare
        what differs from your answer of last week
        verify that the answer still stands"""),
    ("assistant.get_usage", """
        my token consumption
        how much of the language model have i used
        what do my questions cost
        how many tokens has my last answer taken
        am i near my token limit
        my llm spending by day
        how expensive are my chats
        tokens i spent this week
        usage of the model by me
        my share of the model costs
        my ai bill for this month
        how many model calls did i cause
        what have i spent on answers
        tokens of my conversations per day"""),
    ("assistant.summarize_usage", """
        llm costs by team
        total token spend of everybody
        which workspace spends the most tokens
        heaviest users of the ai
        how much do we pay for the language model
        break down the token usage by day
        ai spend report
        how many tokens did {person} use
        cost per answer for all users
        trend of our model spending
        are we within the ai budget
        which team burns the most tokens"""),
    ("assistant.list_unanswered", """
        what could you not help with
        questions nobody got an answer to
        gaps in what you can answer
        failed questions of the last month
        what were people missing
        which requests did you not understand
        unresolved user questions
        frequently asked but not answered
        where did you have to give up
        questions without a good answer
        what do users ask that you don't support
        misses of the assistant
        which topics leave people without an answer
        queries that came to nothing"""),
)  # fmt: skip
