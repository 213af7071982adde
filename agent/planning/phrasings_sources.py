"""How people ask for operations on data sources; see `phrasings`."""

from __future__ import annotations

SOURCES: tuple[tuple[str, str], ...] = (
    ("data_sources.list_sources", """
        inventory of all data sources with their owners
        which databases are hooked up
        which systems are you plugged into
        which systems have been registered here
        which data sources do we manage
        which databases do you govern at present
        where does our data live
        list all catalogs and schemas
        which integrations do we have with databases
        how many data sources are connected
        list all connections
        which platforms are connected
        which systems are catalogued
        what databases do we have
        which sources are in production
        do we use duckdb anywhere
        could you tell me our data sources
        which databases are connected
        sources that nobody owns
        give me the roster of registered systems
        which connections are broken
        sources in the staging environment"""),
    ("data_sources.get_source", """
        tell me about the source {source}
        where does the source {source} lie
        details of the source {source}
        when was {source} last crawled
        what kind of database is {source}
        which environment is {source} in
        show me the entry for the source {source}
        host and location of {source}
        which schemas of {source} are in scope
        is {source} production or staging
        which server is {source} on
        properties of the data source {source}
        when was {source} discovered"""),
    ("data_sources.list_connectors", """
        how do i connect {name}
        onboard a {name} account
        which connectors are supported
        does the platform support {name} and {name}
        can you connect to {name}
        is {name} supported as a source
        what kinds of databases can be connected
        what kinds of systems could i connect
        which databases can i connect
        list available connectors
        what do i need to connect a {name} database
        which settings does the {name} connector take
        which warehouses and lakes do you integrate with
        are csv and parquet folders supported
        is there a native driver for {name}
        supported source types
        do you have a connector for Snowflake
        do you support BigQuery"""),
    ("data_sources.check_health", """
        is the source {source} up
        is the connection to {source} working
        check the health of {source}
        can we reach {source}
        which version of the database does {source} run on
        is {source} alive
        ping {source}
        latency of {source}
        {source} seems to be down
        does {source} still answer
        connection status of {source}
        is {source} responding slowly
        why can't we reach {source}
        uptime of the source {source}
        the ingestion from {source} is failing, can you check the connection
        is {source} reachable"""),
    ("data_sources.preview_rows", """
        preview {asset}
        show sample data of {asset}
        top 10 rows of {asset}
        show a handful of records from {asset}
        what do the values in {column} look like
        first 20 rows of {asset}
        peek into {asset}
        give me example values of {column}
        let me see actual data from {asset}
        select a few rows from {asset}
        sample 5 records of {asset}
        what does a typical row in {asset} look like
        head of {asset}
        let me browse the contents of {asset}"""),
    ("data_sources.summarize_source", """
        summarize {source}
        how many tables does {source} have
        overview of the source {source}
        how big is the database {source}
        compare {source} and {source}
        what is in the source {source}
        summary of {source}
        storage size of {source}
        total columns and tables of {source}
        how many schemas does {source} have
        give me the big picture of {source}
        row and byte totals of {source}
        what are the largest tables in {source}
        describe the contents of the source {source}
        facts and figures about {source}
        how well documented is {source}
        one-page overview of {source}"""),
    ("data_sources.register_source", """
        bring the database at {name} on board
        pull in the folder {name}
        register an Azure SQL source
        hook up our MySQL server
        connect the database {name}
        onboard a new {name} account
        how do i connect a source
        onboard a new database
        plug in the parquet files under {name}
        set up a snowflake connection
        spin up a source for the folder {name}
        integrate the DuckDB file {name}
        link the production database to racine
        create a data source from {name}"""),
    ("data_sources.update_source", """
        change the environment of the source {source} to production
        set the location of {source}
        mark the source {source} as production
        the source {source} belongs to {person}
        point the source {source} to a new host
        switch {source} to the staging environment
        limit {source} to the schema {name}
        exclude the schema {name} from {source}
        edit the settings of {source}
        reassign the source {source} to {person}
        label the source {source} with the tag {tag}
        set {person} as the owner of the source {source}"""),
    ("data_sources.rotate_credentials", """
        change the password of {source}
        update the credentials of the source {source}
        rotate the secret of {source}
        replace the login that we use for {source}
        give {source} a new password
        renew the credentials for {source}
        set new credentials for {source}
        use another database user for {source}
        swap the password that {source} is opened with
        reset the password of the source {source}
        store the new password of {source}
        refresh the secret used to log in to {source}"""),
    ("data_sources.test_connection", """
        test whether {source} can be opened
        verify the connection settings of {source}
        validate that we can connect to {source}
        retry the connection to {source}
        make a connection test for {source}
        try connecting to {source}
        dry run the connection to {source}
        run a connectivity test against {source}
        attempt to log in to {source} again
        test the credentials of {source}
        verify that the credentials of {source} work
        try {source} again, it was unreachable"""),
    ("data_sources.discover_assets", """
        re-crawl {source} because tables were added
        refresh the metadata of {source}
        re-crawl {source}
        ingest the metadata of {source}
        sync the schema of {source}
        harvest the metadata of {source}
        run metadata ingestion for {source}
        run the crawler on {source}
        load new tables of {source} into the catalog
        introspect the schemas of {source}
        pick up the new columns in {source}
        import the tables of {source} into the catalog
        re-ingest {source}
        run a crawler on {source}"""),
    ("data_sources.remove_source", """
        disconnect the source {source}
        delete the source {source} with its metadata
        decommission the source {source}
        unplug the data source {source}
        purge {source} from the catalog
        drop the data source {source}
        deregister {source}
        detach the database {source}
        remove the integration with {source} and all its metadata
        take the source {source} out of the catalog
        forget the database {source} with all its assets
        delete the database {source} from racine"""),
)  # fmt: skip
