"""How people ask for operations on scans; see `phrasings`."""

from __future__ import annotations

SCANS: tuple[tuple[str, str], ...] = (
    ("scan_logic.list_scans", """
        show the scans of {source}
        show cancelled scans
        scans of {source} that failed
        which scans failed
        which scans are running
        did any scans fail
        when did we last scan {source}
        scan history of {source}
        which scans failed this week
        which scans are running
        status of all scan jobs
        which scans are queued
        recent scan runs
        scan log of the last month
        who started scans on {source}
        how many scans ran today
        which sources were scanned this quarter
        which scans are paused
        scan job history"""),
    ("scan_logic.get_scan", """
        how is the scan of {source} going
        did the last scan finish
        progress of the scan on {source}
        is the scan of {source} still running
        is the scan of {source} done
        how many tables has the scan read so far
        why did the scan of {source} fail
        which error stopped the scan
        what was skipped by the last scan of {source}
        status of the scan {scan}
        details of the scan {scan}
        when will the running scan finish
        how many columns were sampled in the scan
        what percentage of the scan is complete"""),
    ("scan_logic.get_scan_results", """
        what did the last scan of {source} turn up
        results of the scan
        what pii did the scan of {source} discover
        which labels did the scan assign
        output of the discovery job on {source}
        what scan {scan} detected
        which classifications came out of the latest scan
        columns flagged by the scan of {source}
        sensitive data discovered by the scan {scan}
        hits of the last scan
        what came out of scanning {source}
        which columns did the scan label
        detections of the newest scan of {source}"""),
    ("scan_logic.start_scan", """
        kick off another scan on {source}
        begin scanning {source}
        scan {source} with a sample of 200 values of each column
        go over {source} again looking for sensitive data
        have another look at {source} for personal data
        scan {source} once more
        set up a scan of {source} for {label}
        run a discovery scan for personal data on {source}
        scan {source} for sensitive data
        start a full scan of {source}
        launch a sensitive data discovery job on {source}
        trigger the scanner for {source}
        run discovery on {source} with the rule set {rule_set}
        detect sensitive data across {source}
        scan the new tables of {source} only
        trigger a full scan of {source}"""),
    ("scan_logic.pause_scan", """
        pause the running scan of {source}
        put the scan of {source} on hold
        hold scanning {source} for now
        interrupt the scan on {source}, we resume it later
        freeze the scan job of {source}
        halt the scan of {source} until tonight
        pause the discovery job on {source}
        the scan slows {source} down, pause it
        let the scan of {source} wait
        take a break from scanning {source}
        pause scan {scan}
        pause scanning because the database is overloaded"""),
    ("scan_logic.resume_scan", """
        unpause the scan on {source}
        restart the paused scan of {source}
        pick up the scan of {source} where it stopped
        carry on scanning {source}
        keep going with the scan of {source}
        finish the interrupted scan of {source}
        proceed with scan {scan}
        release the held scan of {source}
        scan the remaining tables of {source}
        complete the scan of {source} that was on hold
        reactivate the suspended scan of {source}
        resume the discovery job on {source}"""),
    ("scan_logic.retry_scan", """
        rescan the tables that failed in {source}
        retry the failed tables of the last scan
        rerun the failed part of the scan of {source}
        try scanning {source} again where it failed
        repeat the unsuccessful tables of scan {scan}
        redo the tables the scan could not read
        scan only what failed last time in {source}
        retry scan {scan}
        catch up on tables the scan missed
        rerun the scan errors of {source}
        the scan timed out, retry {source}
        retry the skipped tables of {source}"""),
    ("scan_logic.cancel_scan", """
        stop the running scan of {source}
        kill the scan job on {source}
        end the running scan
        cancel the discovery job of {source}
        abort scan {scan}
        call off the scan of {source}
        the scan of {source} takes too long, cancel it
        break off the scan of {source}
        halt the scan for good
        cancel the queued scan of {source}
        shut the scan on {source} down
        we started the wrong scan, stop it"""),
    ("scan_logic.compare_scans", """
        has anything been found since the last scan of {source}
        what is new since the last scan of {source}
        difference between the last two scans of {source}
        delta between two scans of {source}
        new pii since the previous scan
        what is different in the latest scan of {source} from the one before
        which columns got new labels since the last scan
        which tables vanished since the last scan of {source}
        scan drift of {source}
        compare scan {scan} with scan {scan}
        did the last scan turn up more than the one before
        changes in classification between scans
        which labels disappeared after the last scan
        show the difference between the last two scans of {source}
        what is new since the previous scan of {source}"""),
    ("scan_logic.estimate_scan", """
        how long will a scan of {source} take
        how expensive is scanning {source}
        duration of a full scan of {source}
        how many tables would a scan of {source} read
        is scanning {source} going to be slow
        cost of scanning {source}
        forecast the scan time for {source}
        how much load would a scan put on {source}
        can we scan {source} overnight
        size up a scan of {source}
        expected effort of scanning {source}
        will the scan of {source} fit into our maintenance window"""),
    ("scan_logic.schedule_scan", """
        schedule a weekly scan of {source}
        set up recurring discovery on {source}
        rescan {source} every month
        run a scan of {source} nightly
        automate the scanning of {source}
        plan a scan of {source} for sunday at 3
        create a scan schedule for {source}
        scan {source} quarterly
        have {source} scanned daily at midnight
        monitor {source} continuously for new pii
        we need {source} rescanned each week"""),
    ("scan_logic.unschedule_scan", """
        stop scanning {source} on a schedule
        remove the recurring scan of {source}
        cancel the nightly scan of {source}
        turn off scheduled scans for {source}
        no more automatic scans of {source}
        discontinue the scheduled discovery of {source}
        clear the scan calendar of {source}
        stop rescanning {source} every week
        take {source} off the scan schedule
        quit the periodic scanning of {source}
        get rid of the cron scan on {source}
        unschedule the quarterly discovery of {source}"""),
    ("scan_logic.list_scan_schedules", """
        when is {source} scanned next
        scan calendar
        upcoming scans
        what recurring discovery jobs are set up
        how often is {source} scanned
        is {source} scanned regularly
        which automated scans do we have
        next scan of {source}
        which scheduled scan failed last time
        scanning frequency per source
        timetable of our scans
        when will the next scan run
        when does the next scan run"""),
)  # fmt: skip
