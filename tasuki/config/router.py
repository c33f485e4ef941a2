"""Which connection a table is reached by: sign-in through its own narrow role, all else as the role that serves."""

from django.db.models import Model

DOOR = frozenset(
    {"sessions.session", "records.account", "records.signin", "records.factor", "records.doorline", "records.knock"}
)


class Router:
    """Sends sign-in tables to `door`, all others to `default`, and migrations to `owner` only."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        """Return the alias that reads `model`."""
        return "door" if model._meta.label_lower in DOOR else "default"

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        """Return the alias that writes `model`."""
        return self.db_for_read(model, **hints)

    def allow_relation(self, obj1: Model, obj2: Model, **hints: object) -> bool:
        """Allow every relation: all aliases lead to one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        """Let only the owner change tables."""
        return db == "owner"
