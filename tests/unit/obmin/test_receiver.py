"""The demo's receiver takes what is signed, once, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from obmin.receiver import Arrival, Receiver

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type": "claim.created", "data": {}}'


def headers(*, secret: str = SECRET, at: datetime | None = None, body: str = BODY) -> dict[str, str]:
    moment = at or datetime.now(UTC)
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", moment, body),
    }


def test_a_signed_webhook_is_told_once_however_often_it_comes() -> None:
    told: list[Arrival] = []
    receiver = Receiver(told.append)
    receiver.expect("/hook", SECRET)
    assert [receiver.receive("/hook", headers(), BODY.encode()) for _ in range(2)] == [204, 204]
    receiver.close()
    assert [arrival.body["type"] for arrival in told] == ["claim.created"]
    assert receiver.verified == 1


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/hook", {}),
        ("/other", headers()),
        ("/hook", headers(secret="whsec_" + "A" * 32)),
        ("/hook", headers(body="{}")),
        ("/hook", headers(at=datetime.now(UTC) - timedelta(hours=1))),
        ("/hook", {**headers(), "webhook-signature": "nonsense"}),
    ],
)
def test_what_is_not_signed_for_this_endpoint_now_is_refused(path: str, given: dict[str, str]) -> None:
    told: list[Arrival] = []
    receiver = Receiver(told.append)
    receiver.expect("/hook", SECRET)
    assert receiver.receive(path, given, BODY.encode()) == 401
    receiver.close()
    assert told[0].problem
    assert receiver.verified == 0
