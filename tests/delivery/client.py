"""What every test of the delivery API asks with."""

from typing import Any

from django.test import Client

ROOT = "/delivery/v1"


def fetch(client: Client, path: str, **query: Any) -> Any:
    """Get what has to be there, as JSON."""
    response = client.get(f"{ROOT}{path}", query)
    assert response.status_code == 200, response.content
    return response.json()


def problem(client: Client, path: str, **query: Any) -> Any:
    """Get what has to be refused, as a problem."""
    response = client.get(f"{ROOT}{path}", query)
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    document = response.json()
    assert document["status"] == response.status_code
    assert {"type", "title", "status", "detail", "instance"} <= document.keys()
    return document


def titles(client: Client, path: str, **query: Any) -> list[str]:
    """The titles of a list, in its order."""
    return [item["title"] for item in fetch(client, path, **query)["items"]]
