"""Where a message may be sent: never into the network that the server stands in, unless a setting allows it."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

#: IPv6 addresses that a gateway turns into the IPv4 address in their last 32 bits (RFC 6052).
NAT64 = ipaddress.ip_network("64:ff9b::/96")
PORTS = {"http": 80, "https": 443}


class RefusedTargetError(ValueError):
    """An address that nothing is sent to; its text says why, and never holds more than the host's name.

    The text is in the language that is active when it is read; ``reason`` is its English form, with ``host`` named.
    """

    def __init__(self, reason: str, host: str = "") -> None:
        super().__init__(reason, host)
        self.reason = reason
        self.host = host

    def __str__(self) -> str:
        return gettext(self.reason) % {"host": self.host}


def allows_private() -> bool:
    """Whether ``PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE`` opens the server's own network, and plain HTTP with it."""
    return bool(getattr(settings, "PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE", False))


def check_url(url: str) -> SplitResult:
    """Return the parts of a URL that may be sent to, as far as its text tells. Raises RefusedTargetError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise RefusedTargetError(_("Write a whole address, such as https://www.example.se/hook.")) from None
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise RefusedTargetError(_("Write a whole address, such as https://www.example.se/hook."))
    if parts.scheme == "http" and not allows_private():
        raise RefusedTargetError(_("Messages are sent by https:// only."))
    if parts.username is not None or parts.password is not None:
        raise RefusedTargetError(_("Leave user name and password out of the address: the signature proves who sends."))
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return parts
    _check_address(literal, parts.hostname)
    return parts


def resolve(parts: SplitResult) -> list[str]:
    """Return the checked addresses of a URL's host; connect to these and ask for none again. Raises RefusedTargetError.

    One private address among several is enough to refuse all: a name that leads both ways is no accident.
    """
    host = str(parts.hostname)
    port = parts.port or PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedTargetError(_("No address is known for %(host)s."), host) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        # A zone (fe80::1%eth0) is no part of the address itself.
        _check_address(ipaddress.ip_address(address.partition("%")[0]), host)
    return addresses


def _check_address(address: Address, host: str) -> None:
    if not allows_private() and not is_public(address):
        raise RefusedTargetError(_("%(host)s leads into a private network, where nothing is sent."), host)


def is_public(address: Address) -> bool:
    """Tell whether an address, and the IPv4 address that it may stand for, belongs to the public internet."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None or address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        if address.is_site_local or address.teredo is not None:
            return False
        if address.sixtofour is not None and not is_public(address.sixtofour):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
