"""Roles and databases: who may enter PostgreSQL as what, and how a database comes to be, is copied and goes."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import errors, sql
from psycopg.conninfo import conninfo_to_dict

from tasuki.ops import Unfit
from tasuki.ops.embedded import SUPERUSER, Cluster
from tasuki.ops.keyring import Keyring
from tasuki.ops.reach import home

OWNER, APP, DOOR = "tasuki_owner", "tasuki_app", "tasuki_door"
LAW, BACKUP, AUDITOR = "tasuki_law", "tasuki_backup", "tasuki_auditor"
# What each role is. LAW owns the reviewed SECURITY DEFINER functions: nobody signs in as it.
ROLES = {
    OWNER: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    APP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    DOOR: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    LAW: "NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
    BACKUP: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
    AUDITOR: "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
}
ALIASES = {"default": APP, "door": DOOR, "owner": OWNER}
ROLES_LOCK = 0x7461_7375_6B69  # one advisory lock for changes of roles, which belong to the whole server
OLDEST_SERVER = 180000


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server as its administrator reaches it; `admin` leads to a database that always exists.

    `cluster` is the embedded server that it is, or None.
    """

    admin: str
    keyring: Keyring
    cluster: Cluster | None = None

    def dsn(self, role: str, database: str) -> str:
        """Return the address of `database` for `role`, password included."""
        parts = conninfo_to_dict(self.admin)
        rest = {k: str(v) for k, v in parts.items() if k not in {"user", "password", "dbname"} and v is not None}
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in rest.items())
        return f"postgresql://{role}:{self.keyring[role]}@/{database}?{query}"

    def admin_dsn(self, database: str) -> str:
        """Return the administrator's address of `database`."""
        return psycopg.conninfo.make_conninfo(self.admin, dbname=database)

    def make_roles(self) -> None:
        """Make the six roles, or bring them back to what they must be.

        Where a database administrator made them, with the passwords of this installation's keyring, and DATABASE_URL
        leads to a role without rights over them, nothing is done. Raises Unfit if the administrator may not.
        """
        with self._connect() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [ROLES_LOCK])
            known = role_attributes(connection)
            right = {role for role, attributes in ROLES.items() if known.get(role) == frozenset(attributes.split())}
            if right == ROLES.keys() and not self._rules(connection):
                return
            for role, attributes in ROLES.items():
                # Even to name a right that only a superuser has, one must be a superuser: leave what is right.
                words = [f"{'ALTER' if role in known else 'CREATE'} ROLE {role}"]
                words += [] if role in right else [attributes]
                words += [] if "NOLOGIN" in attributes else [f"PASSWORD '{self._verifier(connection, role)}'"]
                if len(words) > 1:
                    connection.execute(sql.SQL(" ".join(words)))
            # The owner hands the reviewed functions over to LAW, and replaces them at the next version.
            connection.execute(f"GRANT {LAW} TO {OWNER} WITH INHERIT TRUE, SET TRUE")
            connection.execute(f"GRANT {OWNER} TO CURRENT_USER WITH INHERIT TRUE, SET TRUE")

    def _rules(self, connection: psycopg.Connection) -> bool:
        row = connection.execute(
            "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        return bool(row and row[0])

    def _verifier(self, connection: psycopg.Connection, role: str) -> str:
        # Hashed on this side, so that no log of the server can hold the password.
        hashed = connection.pgconn.encrypt_password(self.keyring[role].encode(), role.encode(), b"scram-sha-256")
        return hashed.decode()

    def names(self) -> frozenset[str]:
        """Return the names of all databases of the server."""
        with self._connect() as connection:
            return frozenset(str(row[0]) for row in connection.execute("SELECT datname FROM pg_database"))

    def make_database(self, name: str) -> None:
        """Make an empty database that is closed to everybody but the six roles."""
        with self._connect() as connection:
            connection.execute(
                sql.SQL(
                    "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'"
                    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
                ).format(sql.Identifier(name), sql.Identifier(OWNER))
            )
            self._close(connection, name)

    def clone(self, template: str, name: str) -> None:
        """Copy a database that nobody is connected to; file by file, which for one of this size is four times as fast."""
        with self._connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
                )
            )
            self._close(connection, name)

    def rename(self, name: str, new: str) -> None:
        """Give a database that nobody is connected to another name."""
        with self._connect() as connection:
            connection.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))
            )

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def environment(self, name: str) -> dict[str, str]:
        """Return the environment with which Django's settings lead to the database `name`."""
        return {
            "TASUKI_DSN_APP": self.dsn(APP, name),
            "TASUKI_DSN_DOOR": self.dsn(DOOR, name),
            "TASUKI_DSN_OWNER": self.dsn(OWNER, name),
            "TASUKI_SECRET_KEY": self.keyring["secret_key"],
            "TASUKI_FACTOR_KEY": self.keyring["factor_key"],
        }

    def point(self, name: str) -> None:
        """Lead this process's Django to the database `name`, whether Django is set up already or not yet."""
        os.environ.update(self.environment(name))
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tasuki.config.settings")
        import django
        from django.apps import apps
        from django.db import connections

        if not apps.ready:
            django.setup()
        disconnect()
        for alias, role in ALIASES.items():
            parts = conninfo_to_dict(self.dsn(role, name))
            target = connections[alias].settings_dict
            for key, part in (("NAME", "dbname"), ("USER", "user"), ("PASSWORD", "password")):
                target[key] = str(parts[part])
            target["HOST"], target["PORT"] = str(parts.get("host", "")), str(parts.get("port", ""))

    def prepare(self, name: str) -> None:
        """Bring the tables, keys and policies of the database `name` up to this version, as its owner.

        Afterwards this process's Django leads to `name`. Raises PolicyGap when a table has no policy file, Unfit when the
        database stopped on a way that no longer exists.
        """
        self.point(name)
        from django.core.management import call_command
        from django.db import connections
        from django.db.migrations.recorder import MigrationRecorder

        from tasuki.records import keys, policies

        call_command("migrate", database="owner", verbosity=0, interactive=False)
        if ("records", "0001_house") not in MigrationRecorder(connections["owner"]).applied_migrations():
            raise Unfit(
                f"データベース {name} は、公開より前の、作りかけの版のものです。この版からは更新できません。"
                "別のデータベースを作り直してください（見本の町なら tasuki demo --fresh）。"
            )
        keys.apply(connections["owner"])
        policies.apply(connections["owner"])
        connections["owner"].close()

    @contextmanager
    def _connect(self, name: str | None = None) -> Iterator[psycopg.Connection]:
        address = self.admin if name is None else self.admin_dsn(name)
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                if connection.info.server_version < OLDEST_SERVER:
                    raise Unfit("PostgreSQL 18 以上が要ります。データベースのサーバーを更新してください。")
                yield connection
        except errors.InsufficientPrivilege as trouble:
            raise Unfit(
                "DATABASE_URL の利用者に、ロールとデータベースを作る権限がありません"
                "(CREATEROLE、CREATEDB、BYPASSRLS)。権限を付けてください。"
            ) from trouble

    def _close(self, connection: psycopg.Connection, name: str) -> None:
        # A copy does not inherit what was granted on the database itself.
        database = sql.Identifier(name)
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
        roles = sql.SQL(", ").join(sql.Identifier(role) for role in (APP, DOOR, BACKUP, AUDITOR))
        connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, roles))


def role_attributes(connection: psycopg.Connection) -> dict[str, frozenset[str]]:
    """Return what every role of the server may do, in the words of ROLES."""
    names = ("SUPERUSER", "CREATEDB", "CREATEROLE", "BYPASSRLS", "LOGIN")
    rows = connection.execute(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolcanlogin FROM pg_roles"
    ).fetchall()
    return {
        str(row[0]): frozenset(name if has else f"NO{name}" for name, has in zip(names, row[1:], strict=True))
        for row in rows
    }


def disconnect() -> None:
    """Close this thread's Django connections and the pool behind them."""
    from django.db import connections

    for connection in connections.all():
        connection.close()
        pool = getattr(connection, "close_pool", None)
        if pool is not None and connection.settings_dict["OPTIONS"].get("pool"):
            pool()


def embedded_server(cluster: Cluster) -> Server:
    """Return the server of a started cluster."""
    return Server(cluster.dsn(SUPERUSER, SUPERUSER), cluster.keyring, cluster)


@contextmanager
def city_server() -> Iterator[Server]:
    """Give the server of this installation: DATABASE_URL's, else the embedded one, running while the block lasts.

    Raises Unfit when the server of DATABASE_URL cannot be reached.
    """
    address = os.environ.get("DATABASE_URL")
    if address is None:
        with Cluster(city_folder()) as cluster:
            yield embedded_server(cluster)
        return
    folder = Path(home())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _reach(address)
    yield Server(address, Keyring(folder))


def _reach(address: str) -> None:
    try:
        psycopg.connect(address, connect_timeout=10).close()
    except psycopg.OperationalError as trouble:
        # What the server answers names host, role and database, never the password.
        said = str(trouble).strip().splitlines()[0]
        raise Unfit(
            "DATABASE_URL のデータベースにつながりません。アドレスと稼働を確かめてください。"
            "DATABASE_URL の最後には、そのサーバーにもうあるデータベース（ふつうは postgres）を書きます。"
            f"サーバーの返事: {said}"
        ) from trouble
    except psycopg.ProgrammingError as trouble:  # its words repeat the address, with the password
        raise Unfit(
            "DATABASE_URL が、データベースのアドレスとして読めません。"
            "postgresql://利用者:パスワード@サーバー:5432/postgres の形で書いてください。"
        ) from trouble


MEMORY = Path("/dev") / "shm"  # a file system in memory, where the machine has one; nothing there is kept
ROOM = 4 * 2**30


def fleeting_ground() -> Path | None:
    """Return where a throw-away cluster stands best: in memory, if there is room for ROOM bytes; None: wherever temp files go.

    A copy of a database is some thousand small files: in memory it costs a twentieth of what it costs on a busy disk.
    """
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM:
        return MEMORY
    return None


@contextmanager
def fleeting_server(name: str) -> Iterator[Server]:
    """Give a throw-away server with one prepared database, whose clock comes from a script; Django is led to it."""
    with tempfile.TemporaryDirectory(prefix="tasuki-fleeting-", dir=fleeting_ground()) as folder:
        Path(folder).chmod(0o711)  # as root, the server's own user must pass through
        with Cluster(Path(folder), durable=False) as cluster:
            server = embedded_server(cluster)
            server.make_roles()
            server.make_database(name)
            server.prepare(name)
            disconnect()  # a template is copied only while nobody is connected to it
            with psycopg.connect(server.admin_dsn(name), autocommit=True) as admin:
                admin.execute("INSERT INTO rehearsal DEFAULT VALUES")
            yield server
            disconnect()


def city_name() -> str:
    """Return the name of this installation's database."""
    return os.environ.get("TASUKI_DATABASE", "tasuki")


def city_folder() -> Path:
    """Return where this installation's embedded server stands; with --demo, the made-up town's."""
    return home() / os.environ.get("TASUKI_CLUSTER", "city")


def need_city(server: Server) -> str:
    """Return the name of this installation's database. Raises Unfit when it is not there."""
    name = city_name()
    if name not in server.names():
        raise Unfit(
            f"データベース {name} がまだありません。先に tasuki migrate を実行してください。"
            "動いている架空の町に対して行うときは、--demo を付けます。"
        )
    return name
