"""How people ask for operations on sources; see `phrasings`."""

from __future__ import annotations

GOVERNANCE: tuple[tuple[str, str], ...] = (
    ("data_sources.list_sources", """
        inventory of all data sources with their owners
        which databases are hooked up
        which systems are you plugged into
        which systems have been registered here
        where does our data live
        list all catalogs and schemas
        which integrations do we have with databases
        how many data sources are connected
        list all connections
        which platforms are connected
        which systems are catalogued
        what databases do we have
        which sources are in production
        do we use duckdb anywhere"""),
    ("data_sources.get_source", """
        tell me about the source {source}
        where does the source {source} lie
        details of the source {source}"""),
    ("data_sources.summarize_source", """
        how many tables does {source} have
        overview of the source {source}
        how big is the database {source}
        compare {source} and {source}
        what is in the source {source}
        summary of {source}"""),
    ("data_sources.list_connectors", """
        how do i connect {name}
        onboard a {name} account
        which connectors are supported
        does the platform support {name} and {name}
        can you connect to {name}
        is {name} supported as a source
        what kinds of databases can be connected
        what kinds of systems could i connect
        which databases can i connect"""),
    ("data_sources.check_health", """
        is the source {source} up
        is the connection to {source} working
        check the health of {source}
        can we reach {source}
        which version of the database does {source} run on"""),
    ("data_sources.preview_rows", """
        preview {asset}
        show sample data of {asset}
        top 10 rows of {asset}"""),
    ("data_sources.discover_assets", """
        re-crawl {source} because tables were added
        refresh the metadata of {source}
        re-crawl {source}
        ingest the metadata of {source}
        sync the schema of {source}"""),
    ("data_sources.update_source", """
        change the environment of the source {source} to production
        set the location of {source}
        mark the source {source} as production
        the source {source} belongs to {person}"""),
    ("data_sources.rotate_credentials", """
        change the password of {source}
        update the credentials of the source {source}"""),
    ("data_sources.remove_source", """
        disconnect the source {source}
        delete the source {source} with its metadata"""),
    ("data_sources.register_source", """
        bring the database at {name} on board
        pull in the folder {name}
        register an Azure SQL source
        hook up our MySQL server
        connect the database {name}
        onboard a new {name} account
        how do i connect a source"""),
)  # fmt: skip
