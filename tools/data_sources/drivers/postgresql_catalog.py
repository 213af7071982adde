"""PostgreSQL's catalogs, each read whole in one query. PostgreSQL 12 and later."""

from __future__ import annotations

from psycopg import sql

SCHEMAS = sql.SQL("SELECT nspname::text FROM pg_namespace WHERE nspname = ANY(%(schemas)s)")

# A partitioned table stands for its partitions: their sizes and estimates are added up. A part
# that was never analysed (-1) counts with 100 bytes a row. Sizes and views' definitions wait for
# whoever has locked a table; so they are asked for only where they are `wanted`.
RELATIONS = sql.SQL(r"""
WITH locked AS (
    SELECT relation FROM pg_locks
    WHERE mode = 'AccessExclusiveLock' AND relation IS NOT NULL AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
), relation AS (
    SELECT c.*, n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\_%%'
      AND (%(schemas)s::text[] IS NULL OR n.nspname = ANY (%(schemas)s::text[]))
), part AS (
    SELECT oid AS root, oid AS leaf FROM relation WHERE relkind IN ('r', 'm')
    UNION ALL
    SELECT r.oid, t.relid FROM relation r, pg_partition_tree(r.oid) t
    WHERE r.relkind = 'p' AND t.isleaf
), size AS (
    SELECT p.root, sum(
        CASE WHEN %(wanted)s THEN pg_total_relation_size(p.leaf) END
    )::bigint AS bytes, sum(
        CASE WHEN c.reltuples >= 0 THEN c.reltuples
             WHEN %(wanted)s OR p.leaf NOT IN (SELECT relation FROM locked)
             THEN pg_relation_size(p.leaf) / 100 END
    )::bigint AS estimate
    FROM part p JOIN pg_class c ON c.oid = p.leaf GROUP BY p.root
)
SELECT r.oid::bigint, r.nspname::text, r.relname::text, r.relkind::text, coalesce(s.estimate, 0),
       r.relispopulated,
       has_table_privilege(r.oid, 'SELECT') AND has_schema_privilege(r.relnamespace, 'USAGE'),
       obj_description(r.oid, 'pg_class'), s.bytes,
       CASE WHEN %(wanted)s AND r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END
FROM relation r LEFT JOIN size s ON s.root = r.oid ORDER BY r.nspname, r.relname
""")

# Enums and domains by their name, with what they are: `mood (enum)`, `year (integer)`
COLUMNS = sql.SQL("""
WITH RECURSIVE base(type, base, modifier) AS (
    SELECT oid, typbasetype, typtypmod FROM pg_type WHERE typtype = 'd'
    UNION ALL
    SELECT b.type, t.typbasetype, t.typtypmod FROM base b JOIN pg_type t ON t.oid = b.base
    WHERE t.typtype = 'd'
)
SELECT a.attrelid::bigint, a.attname::text,
       CASE t.typtype WHEN 'e' THEN t.typname || ' (enum)'
                      WHEN 'd' THEN t.typname || ' (' || format_type(u.oid, b.modifier) || ')'
                      ELSE format_type(a.atttypid, a.atttypmod) END,
       format_type(u.oid, NULL), u.typcategory::text, NOT (a.attnotnull OR t.typnotnull),
       col_description(a.attrelid, a.attnum)
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN base b ON b.type = t.oid
    AND NOT EXISTS (SELECT FROM pg_type d WHERE d.oid = b.base AND d.typtype = 'd')
JOIN pg_type u ON u.oid = coalesce(b.base, t.oid)
WHERE a.attrelid = ANY (%(oids)s::bigint[]::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
""")

KEYS = sql.SQL("""
WITH key AS (
    SELECT * FROM pg_constraint
    WHERE contype IN ('p', 'f') AND conparentid = 0
      AND conrelid = ANY (%(oids)s::bigint[]::oid[])
)
SELECT k.conrelid::bigint, k.contype::text,
       ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY AS c(number, place)
             JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = c.number
             ORDER BY c.place),
       n.nspname::text, t.relname::text,
       ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY AS c(number, place)
             JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = c.number
             ORDER BY c.place)
FROM key k LEFT JOIN pg_class t ON t.oid = k.confrelid
LEFT JOIN pg_namespace n ON n.oid = t.relnamespace
ORDER BY k.conrelid, k.conname
""")

# What counts as written is told by the server's statistics; the file is another after TRUNCATE
MARKS = sql.SQL("""
SELECT s.schemaname::text, s.relname::text,
       concat_ws(' ', c.relfilenode, s.n_tup_ins, s.n_tup_upd, s.n_tup_del)
FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
WHERE c.relkind = 'r' AND current_setting('track_counts')::boolean
""")
