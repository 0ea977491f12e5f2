"""Encrypting backups for a key whose other half is not on this machine (age's format: `age -d` reads them too)."""

from importlib import import_module
from pathlib import Path
from typing import Any

from data.backups.faults import BackupFault
from data.backups.names import UNFINISHED

# It is compiled, and comes without types.
age: Any = import_module("pyrage")


def seal(path: Path, key: str, target: Path) -> None:
    """Encrypt a file for a public key, piece by piece.

    Raises:
        BackupFault: the key is none.
    """
    try:
        recipient = age.x25519.Recipient.from_str(key)
    except age.RecipientError:
        raise BackupFault("CONVENOR_BACKUP_KEY is no public key of age; it begins with age1.") from None
    with path.open("rb") as plain, target.open("wb") as sealed:
        target.chmod(0o600)
        age.encrypt_io(plain, sealed, [recipient])


def unseal(path: Path, keys: Path | None, folder: Path) -> Path:
    """Decrypt a backup into a folder; gives the readable file, which the caller removes.

    Args:
        path: the encrypted backup.
        keys: the file with the private key, as `age-keygen` writes it.
        folder: where the readable file may lie.

    Raises:
        BackupFault: there is no key, or it does not fit.
    """
    if keys is None:
        raise BackupFault("This backup is encrypted: give the file with its private key, --key FILE.")
    target = folder / f"{path.name}{UNFINISHED}"
    try:
        lines = [line.strip() for line in keys.read_text(encoding="utf-8").splitlines()]
        found = [age.x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-")]
    except (OSError, UnicodeDecodeError, age.IdentityError):
        found = []
    if not found:
        raise BackupFault(f"The file {keys} holds no private key of age; such a line begins with AGE-SECRET-KEY-.")
    try:
        with path.open("rb") as sealed, target.open("wb") as plain:
            target.chmod(0o600)
            age.decrypt_io(sealed, plain, found)
    except age.DecryptError:
        target.unlink(missing_ok=True)
        raise BackupFault(f"The backup {path} is damaged, or was encrypted for another key.") from None
    return target
