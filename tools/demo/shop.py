"""The demo company's online shop, in DuckDB, with comments and with views over views.

Its `customers` is a copy of the CRM's that nobody has classified: the usual leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tools.demo.crm import day, moment
from tools.demo.duck import connect, insert, literal
from tools.demo.identity import Person

ORDERS, PRODUCTS = 8_000, 150
WAREHOUSES = ("Hamburg", "Lyon", "Leeds")

SCHEMA = """
CREATE TABLE products (
    product_id INTEGER PRIMARY KEY, sku VARCHAR NOT NULL UNIQUE, name VARCHAR NOT NULL,
    category VARCHAR NOT NULL, price DECIMAL(10, 2) NOT NULL, currency VARCHAR NOT NULL,
    active BOOLEAN NOT NULL
);
CREATE TABLE customers (
    customer_id INTEGER PRIMARY KEY, full_name VARCHAR NOT NULL, email VARCHAR, phone VARCHAR,
    city VARCHAR, country_code VARCHAR, synced_at TIMESTAMP NOT NULL
);
CREATE TABLE orders (
    order_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (customer_id),
    ordered_at TIMESTAMP NOT NULL, status VARCHAR NOT NULL, ship_to VARCHAR, ship_city VARCHAR,
    ship_country VARCHAR, coupon VARCHAR
);
CREATE TABLE order_items (
    order_id INTEGER NOT NULL REFERENCES orders (order_id), line INTEGER NOT NULL,
    product_id INTEGER NOT NULL REFERENCES products (product_id), quantity INTEGER NOT NULL,
    unit_price DECIMAL(10, 2) NOT NULL, discount DECIMAL(4, 2) NOT NULL,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE inventory (
    product_id INTEGER NOT NULL REFERENCES products (product_id), warehouse VARCHAR NOT NULL,
    on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL, counted_on DATE,
    PRIMARY KEY (product_id, warehouse)
);
"""

VIEWS = """
CREATE VIEW v_order_totals AS
    WITH totals AS (
        SELECT order_id, sum(quantity * unit_price * (1 - discount)) AS amount, count(*) AS lines
        FROM order_items GROUP BY order_id
    )
    SELECT o.order_id, o.customer_id, o.ordered_at, o.status, t.amount, t.lines
    FROM orders o JOIN totals t ON t.order_id = o.order_id;
CREATE VIEW v_customer_revenue AS
    SELECT c.customer_id, c.full_name, c.email, c.country_code,
        count(*) AS orders, sum(v.amount) AS revenue, max(v.ordered_at) AS last_ordered_at
    FROM v_order_totals v JOIN customers c ON c.customer_id = v.customer_id
    WHERE v.status <> 'cancelled'
    GROUP BY c.customer_id, c.full_name, c.email, c.country_code;
CREATE VIEW v_top_customers AS
    WITH ranked AS (
        SELECT *, rank() OVER (ORDER BY revenue DESC) AS place FROM v_customer_revenue
    )
    SELECT * FROM ranked WHERE place <= 100;
CREATE VIEW v_low_stock AS
    SELECT p.sku, p.name, i.warehouse, i.on_hand - i.reserved AS available
    FROM inventory i JOIN products p USING (product_id)
    WHERE p.active AND i.on_hand - i.reserved < 10;
"""

COMMENTS = {
    "TABLE products": "What the shop sells or has sold; inactive products stay for old orders.",
    "COLUMN products.sku": "Stock keeping unit, printed on the box.",
    "TABLE orders": "One row per order, from the moment it is placed.",
    "COLUMN orders.status": "placed, paid, shipped, returned or cancelled.",
    "COLUMN orders.ship_to": "Street and number of the delivery.",
    "TABLE order_items": "The lines of an order, at the price of the day.",
    "COLUMN order_items.discount": "Share of the price that was taken off, 0 to 1.",
    "TABLE customers": "Nightly copy of the CRM's customers, for reports.",
    "COLUMN inventory.on_hand": "Pieces on the shelf at the last count.",
    "VIEW v_order_totals": "Net amount of each order, after discounts.",
    "VIEW v_customer_revenue": "Orders and revenue of each customer, without cancelled orders.",
}

RANGES = (
    ("Dawn", "wake-up lamp", 79),
    ("Fjord", "desk lamp", 119),
    ("Polar", "therapy lamp", 189),
    ("Meadow", "plant lamp", 59),
    ("Halo", "ceiling light", 249),
    ("Spark", "bulb", 12),
)
STATUSES = ("shipped",) * 12 + ("paid", "paid", "placed", "returned", "cancelled")


def product_rows(random: Random) -> Iterator[tuple[Any, ...]]:
    for number in range(1, PRODUCTS + 1):
        name, category, price = random.choice(RANGES)
        sku = f"{name[:3].upper()}-{number:04d}"
        cents = price + random.randrange(0, 40) + 0.9
        active = random.random() > 0.1
        yield number, sku, f"{name} {number}", category, f"{cents:.2f}", "EUR", active


def customer_rows(customers: list[Person], synced: date) -> Iterator[tuple[Any, ...]]:
    for number, who in enumerate(customers, 1):
        yield number, who.name, who.email, who.phone, who.city, who.country, f"{synced} 02:15:00"


def order_rows(customers: list[Person], random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    # The power makes a few customers buy often, as in life.
    for number in range(1, ORDERS + 1):
        customer = 1 + int(random.random() ** 1.3 * len(customers))
        who = customers[customer - 1]
        coupon = random.choice(("WINTER10", "HELLO5", *[None] * 8))
        placed = moment(random, today, 900)
        status = random.choice(STATUSES)
        yield number, customer, placed, status, who.street, who.city, who.country, coupon


def item_rows(products: list[tuple[Any, ...]], random: Random) -> Iterator[tuple[Any, ...]]:
    for order in range(1, ORDERS + 1):
        for line in range(1, random.choice((1, 1, 2, 2, 3, 5)) + 1):
            product = random.choice(products)
            discount = random.choice((0, 0, 0, 0.05, 0.1))
            yield order, line, product[0], random.choice((1, 1, 1, 2, 4)), product[4], discount


def stock_rows(random: Random, today: date) -> Iterator[tuple[Any, ...]]:
    for product in range(1, PRODUCTS + 1):
        for warehouse in WAREHOUSES:
            on_hand = random.randrange(0, 240)
            yield product, warehouse, on_hand, random.randrange(0, 25), day(random, today, 90)


def write(path: Path, customers: list[Person], random: Random, today: date) -> None:
    """Write the database to `path`, replacing what is there."""
    path.unlink(missing_ok=True)
    products = list(product_rows(random))
    with connect(path) as connection:
        connection.execute(SCHEMA)
        insert(connection, "products", products)
        insert(connection, "customers", customer_rows(customers, today))
        insert(connection, "orders", order_rows(customers, random, today))
        insert(connection, "order_items", item_rows(products, random))
        insert(connection, "inventory", stock_rows(random, today))
        connection.execute(VIEWS)
        for thing, comment in COMMENTS.items():
            connection.execute(f"COMMENT ON {thing} IS {literal(comment)}")
