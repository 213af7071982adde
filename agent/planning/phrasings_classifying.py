"""How people ask for operations on rule sets and labels; see `phrasings`."""

from __future__ import annotations

CLASSIFYING: tuple[tuple[str, str], ...] = (
    ("scan_rule_sets.list_rule_sets", """
        what are the classification rules for {label}
        what scan rule sets can be chosen
        list the detection rules
        inventory of our custom classifiers
        how many rule sets do we have
        which rule sets are built in
        which scan templates ship out of the box
        overview of detection profiles
        which rule sets are retired
        do we have a rule set of our own
        browse the classification rule sets
        which rule sets can a scan choose from
        who maintains our rule sets
        our auditor asks which classifier sets are in use"""),
    ("scan_rule_sets.get_rule_set", """
        which detectors are in the rule set {rule_set}
        what does the rule set {rule_set} detect
        which detectors does it use
        thresholds of the rule set {rule_set}
        what confidence does {rule_set} demand
        which regex patterns does {rule_set} contain
        which keywords does the rule set {rule_set} match
        what did the rule set {rule_set} look like in version 2
        details of the scan rule set {rule_set}
        how is the rule set {rule_set} configured
        does the rule set {rule_set} have a detector for {label}
        which sensitive information types are covered by {rule_set}
        settings of the rule set {rule_set}"""),
    ("scan_rule_sets.test_rule_set", """
        would the rule set {rule_set} recognise {name}
        would our rules detect {name} as {label}
        test the detectors on {name} in a column named {name}
        which detectors match these values
        validate the classifier against sample values
        dry run of the rule set {rule_set} on {asset}
        try the custom classifier on {column}
        does our regex catch {name}
        what would {rule_set} match in {column}
        simulate {rule_set} on {asset} before we publish it
        see whether the pattern hits {name}
        check a detector against test strings
        would our detectors spot {name}
        would the default rules notice {name}
        is {name} something that you would recognise
        do the scan rules pick up {name}
        check whether {name} would be recognised
        would a scan flag {name}
        try the detectors on {name}
        does the classifier hit on {name}"""),
    ("scan_rule_sets.list_versions", """
        version history of the rule set {rule_set}
        who edited the rule set {rule_set} and why
        change log of the scan rules in {rule_set}
        which revisions does the classifier {rule_set} have
        when was the rule set {rule_set} last modified
        how did the detectors of {rule_set} evolve
        our auditor asks who altered the detection rules {rule_set}
        earlier versions of {rule_set}
        what was different in the previous version of {rule_set}
        audit trail of the rule set {rule_set}
        past states of the rule set {rule_set}
        who last touched the rule set {rule_set}"""),
    ("scan_rule_sets.update_rule_set", """
        add a detector to the rule set {rule_set}
        retire the rule set {rule_set}
        change the sample size of the rule set {rule_set}
        raise the threshold of the rule set {rule_set} to 80 percent
        lower the minimum confidence in {rule_set}
        tune the detector in {rule_set} because of false positives
        drop the regex from {rule_set}
        add a custom pattern to {rule_set}
        extend {rule_set} with keywords
        exclude a column name from the rule set {rule_set}
        rename the rule set {rule_set} to {name}
        edit the classifier {rule_set}
        save a new version of {rule_set}
        include a dictionary in the rule set {rule_set}"""),
    ("scan_rule_sets.rollback_rule_set", """
        revert the rule set {rule_set} to the previous version
        undo the last change of the rule set {rule_set}
        restore version 3 of {rule_set}
        go back to the earlier detectors of {rule_set}
        return {rule_set} to its old state
        reset the rule set {rule_set} to version 1
        reinstate the former version of {rule_set}
        we need to roll back the classifier {rule_set}
        bring back version 2 of the detection rules {rule_set}
        reverse the edits to {rule_set}
        switch {rule_set} back to revision 4
        recover the previous rule set {rule_set} from its history
        make version 2 of {rule_set} current again"""),
    ("scan_rule_sets.clone_rule_set", """
        make a copy of the rule set {rule_set} named {name}
        copy the rule set {rule_set} to {name}
        duplicate the rule set {rule_set}
        fork the default rule set into {name}
        derive our own rule set from {rule_set}
        create a custom rule set based on {rule_set}
        start a new rule set {name} from {rule_set}
        create a rule set called {name}
        customise the built-in rule set as {name}
        save {rule_set} as {name}
        make our own version of the default classifiers
        set up a new scan rule set {name} with the detectors of {rule_set}
        use {rule_set} as a template for {name}"""),
    ("scan_rule_sets.delete_rule_set", """
        remove the scan rule set {rule_set}
        get rid of the rule set {rule_set}
        drop the custom classifier set {rule_set}
        erase {rule_set} and all its versions
        discard the rule set {rule_set}
        purge the unused rule set {rule_set}
        delete the obsolete detection rules {rule_set}
        we no longer need the rule set {rule_set}, delete it
        clean up the rule set {rule_set} that nothing uses
        permanently remove the classifier {rule_set}
        destroy the rule set {rule_set}
        throw away {rule_set}
        eliminate the duplicate rule set {rule_set}"""),
    ("scan_rule_sets.export_rule_set", """
        download the rule set {rule_set}
        dump {rule_set} as yaml
        save the detection rules of {rule_set} to a file
        yaml of the rule set {rule_set}
        we keep our classifiers in git, export {rule_set}
        a portable copy of the rule set {rule_set}
        rule set {rule_set} as code
        extract the detectors of {rule_set} for review
        how do i move the rule set {rule_set} to another environment
        give the auditor {rule_set} as a file
        back up the rule set {rule_set}
        share the scan rules {rule_set} with another installation"""),
    ("scan_rule_sets.suggest_rules", """
        recommend detection rules for {asset}
        suggest a scan rule set for {source}
        which detectors should i use for {asset}
        propose detectors for the values in {column}
        generate scan rules from the data in {asset}
        what rule set would fit {source}
        auto-generate classifiers for {asset}
        which information types should we look for in {source}
        recommended classifiers for {source}
        help me pick detectors for {asset}
        which custom classifier would catch {column}
        we don't know which rules to scan {source} with
        draft a rule set for {source}
        suggest classification rules for the columns of {asset}
        propose detectors for {asset}"""),
    ("scan_rule_sets.learn_detector", """
        build a detector from these examples
        which pattern do these values have in common
        generate a regular expression for these values
        here are some samples, infer a pattern
        derive a regex from sample values
        train a custom classifier on these examples
        teach the scanner to recognise our customer numbers
        infer the format of these identifiers
        turn example values into a classifier
        generalise these ids to a regular expression
        what format do our policy numbers follow
        we need a custom information type for employee numbers
        common structure of these codes
        create a custom classifier that detects our customer numbers like NL-123456
        teach the scanner to recognise employee ids
        build a scan rule that recognises codes such as {name}
        create a regex detector for ids like {name}
        add a custom classifier for numbers that look like {name}
        make a detector for values like {name}
        i want a detector that finds {name}
        we need a pattern for references like {name}
        new infotype for identifiers of the form {name}
        recognise our order numbers, for example {name}"""),
    ("classifications.list_classified_columns", """
        review the suggested labels
        columns with {label} in them
        any {label} lying around
        where do we keep people's private details
        show the GDPR-relevant columns of {source}
        find sensitive data stored in {source}
        columns that still need a sensitivity label
        columns whose suggested labels wait for review
        pii fields of {asset}
        where do we store {label}
        which columns are classified as {label}
        which tables contain {label}
        find all columns with {label}
        do we keep any {label} in {source}
        show restricted data
        which columns are sensitive
        which classifications are not reviewed
        inventory of personal data
        what personal data do we have
        sensitive data discovery across our sources
        columns that a data subject access request concerns
        which crown jewels do we hold
        regulated data in {source}
        show me files containing passport numbers
        what unprotected sensitive data do we have
        what personal data do we transfer outside the EU
        locate every place where her email is stored
        are there any columns with {label}
        columns that were suggested and not reviewed
        pending classification reviews
        auto-classification suggestions
        where is special category data
        cardholder data environment"""),
    ("classifications.get_asset_classification", """
        what classification does {asset} have
        how sensitive is {column}
        is {column} sensitive
        which labels are on {asset}
        is {column} personal data
        does {asset} contain {label}
        sensitivity label of {asset}
        does {asset} hold anything confidential
        classification status of {column}
        how confidential is {asset}
        what protection level does {column} have
        sensitivity labels on the fields of {asset}"""),
    ("classifications.explain_classification", """
        why was {column} flagged as {label}
        why is {column} labelled personal
        on what evidence is {column} classified
        explain the classification of {column}
        what made the scanner think {column} is {label}
        which detector matched {column}
        how confident is the label on {column}
        the evidence behind the label of {column}
        justify the sensitivity label of {column}
        which pattern triggered {label} on {column}
        rationale for classifying {column} as {label}
        why does {asset} count as sensitive
        confidence of {label} on {column}"""),
    ("classifications.summarize_sensitivity", """
        breakdown of data by sensitivity level
        summarise our sensitive data landscape
        how much personal data is in {source}
        how many sensitive columns are there
        share of classified columns
        sensitivity heat map
        distribution of labels across {source}
        what percentage of our columns is confidential
        data protection overview for the ciso
        total of restricted columns per source
        classification coverage of {source}
        counts by label and sensitivity
        sensitive data footprint of {source}
        which data sources contain the most sensitive data
        how much of our data is sensitive"""),
    ("classifications.list_labels", """
        what classifications are available in our taxonomy
        which data classes map to {framework}
        which labels touch {framework}
        list the classification labels
        which sensitivity levels are there
        which labels matter for {framework}
        what kinds of data does {framework} concern
        what sensitive information types do you know
        our data classification scheme
        hierarchy of the labels
        definitions of confidential and restricted
        which special categories does the taxonomy have
        which labels fall under {framework}
        labels that are regulated by {framework}
        what are the most common labels in our catalog
        which labels are found most often
        which infotypes can you find
        what kinds of sensitive data do you know
        which classifiers are there
        what sensitivity levels are in use
        classification scheme"""),
    ("classifications.create_label", """
        create a new classification called {name} with confidential sensitivity
        define a new label {name} in the taxonomy
        add a data class {name}
        introduce a sensitivity label {name}
        add a custom information type {name}
        register a new data category {name} as restricted
        set up a label for {name} under the category health
        extend the taxonomy with {name}
        make a label {name} that touches {framework}
        include {name} as a sensitive category
        a label for {name} is missing, create it
        make {name} a subtype of {label} in the taxonomy"""),
    ("classifications.update_label", """
        change the label {label} to restricted
        rename the label {label} to {name}
        make the label {label} confidential
        set the sensitivity of the label {label}
        raise the sensitivity of {label} to restricted
        downgrade {label} to internal
        move the label {label} under {label}
        edit the description of the label {label}
        let {label} also touch {framework}
        treat {label} as confidential from now on
        modify the data class {label}
        upgrade the protection level of {label}"""),
    ("classifications.delete_label", """
        remove the label {label} from the taxonomy
        drop the data class {label}
        retire the information type {label}
        get rid of the custom label {label}
        purge the obsolete classification {label}
        delete the sensitivity label {label} that nobody uses
        merge the label {label} into {label}
        erase the category {label} from our scheme
        replace the label {label} by {label} and delete it
        we don't need the label {label} any more, delete it
        discard the classification type {label}
        eliminate the duplicate label {label}
        delete {label} and move its columns to {label}"""),
    ("classifications.set_classification", """
        mark {column} as {label}
        classify {column} as {label}
        set the classification of {column} to {label}
        {column} contains {label}
        apply the label {label} to {column}
        assign the sensitivity label {label} to {column}
        put {label} on {column}
        flag {column} as {label}
        manually label {column} {label}
        treat {column} as {label}
        designate {column} as {label}
        override the label of {column} with {label}
        declare {column} to be {label}
        attach {label} to the column {column}
        set the sensitivity of {column} to restricted
        mark {column} as confidential
        flag {column} as personal data"""),
    ("classifications.confirm_classification", """
        approve the pending classification on {column}
        approve the suggested label on {column}
        accept the classification of {column}
        the label {label} of {column} is right
        verify the label on {column}
        sign off the classification of {column}
        attest that {column} holds {label}
        validate the suggested {label} on {column}
        accept the auto-detected label of {column}
        agree with {label} on {column}
        endorse the proposed classification of {column}
        acknowledge {column} as a true positive"""),
    ("classifications.reject_classification", """
        {column} is not {label}
        the classification of {column} is wrong
        remove the label {label} from {column}
        false positive on {column}
        dismiss the suggestion {label} on {column}
        decline the proposed label on {column}
        mark the label of {column} as false positive
        unlabel {column}
        disagree with the label on {column}
        discard the suggested classification of {column}
        strip {label} from {column}
        {column} was misclassified
        {column} holds no {label}
        overrule the detection of {label} on {column}
        ignore the match on {column}
        that is a false positive: {column} is not a person's name
        {column} is no e-mail address"""),
    ("classifications.withdraw_decision", """
        undo the confirmation of {column}
        revert my decision on the label of {column}
        retract the rejection of {label} on {column}
        rescind the classification decision for {column}
        cancel the confirmation on {column}
        forget what i decided about {column}
        i confirmed {column} by mistake, take it back
        reset {column} to suggested
        make the label of {column} pending again
        revoke the approval of the label on {column}
        stop learning from the decision on {column}
        annul the decision on {column}"""),
    ("classifications.list_lessons", """
        what has been learned from our decisions
        which decisions have taught the classifier
        what did the scans learn
        which human feedback trains the classifier
        feedback loop of classification decisions
        which confirmations and rejections influence future scans
        what have stewards taught the scanner
        which false positives are suppressed
        where did our corrections take effect
        list the lessons
        which labels are no longer suggested because we rejected them
        history of classification decisions
        how does the scanner improve from reviews
        which manual decisions are reused on like columns"""),
    ("classifications.classify_asset", """
        auto-classify the columns of {asset}
        run the classifier on {asset}
        detect what {asset} holds
        label the columns of {asset} automatically
        detect pii in {asset}
        suggest labels for {asset}
        reclassify {asset} with the rule set {rule_set}
        run auto-classification on {column}
        apply the rule set {rule_set} to {asset}
        propose classifications for the new table {asset}
        sample {asset} and label what is found
        recognise the content of {asset}
        classify the new columns of {asset}
        detect sensitive columns in {asset} and label them
        classify all columns of {asset}
        find and label the personal data in {asset}
        run auto-classification on {asset}"""),
    ("classifications.propagate_classification", """
        push the labels of {asset} down to derived tables
        propagate {label} of {asset} along the lineage
        carry the classification of {asset} downstream
        inherit the labels of {asset} on downstream tables
        spread the label {label} to everything derived from {column}
        cascade the classification of {asset}
        label everything downstream of {column} as {label}
        extend the sensitivity of {column} to its copies
        apply the labels of {column} to dependent columns
        pass the sensitivity label of {asset} on along lineage
        let derived columns inherit {label} from {column}
        roll the classification of {asset} out to derived views
        transfer labels from {asset} to the tables built on it
        sync the classifications of {asset} through the lineage
        propagate the PII tags of {asset} to all downstream tables
        copy the labels of {asset} to everything derived from it"""),
)  # fmt: skip
