import json
import logging

import pytest
from fastapi.testclient import TestClient

from recommendations.app import create_app
from recommendations.baskets import read_baskets
from recommendations.logs import JsonLines
from scoring import Affinity


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app(Affinity([["rope", "cleat"], ["rope", "cleat"], ["lamp"], ["lamp"], ["lamp"]])))


def test_health_is_told(client: TestClient) -> None:
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_what_goes_with_the_given_comes_first_then_the_popular(client: TestClient) -> None:
    answer = client.get("/recommendations", params={"for": "rope,kraken"})
    assert answer.json() == {
        "recommendations": [
            {"productId": "cleat", "because": "rope", "score": 1.0},
            {"productId": "lamp", "score": 0.0},
        ]
    }


def test_no_more_than_wanted(client: TestClient) -> None:
    assert len(client.get("/recommendations?limit=1").json()["recommendations"]) == 1


@pytest.mark.parametrize("limit", ["0", "21", "many"])
def test_a_limit_that_makes_no_sense_is_refused(client: TestClient, limit: str) -> None:
    answer = client.get("/recommendations", params={"limit": limit})
    assert (answer.status_code, answer.json()["error"]) == (400, "bad_request")
    assert "limit" in answer.json()["message"]


def test_an_unknown_path_is_told_in_json(client: TestClient) -> None:
    answer = client.get("/elsewhere")
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_the_baskets_of_the_past_recommend_something() -> None:
    assert Affinity(read_baskets()).rank(["bowline-rope"], limit=1)[0].item == "horn-cleat"


def test_a_request_is_one_line_of_json_with_its_id(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "recommendations")
    client.get("/elsewhere", headers={"X-Request-Id": "r-1"})
    [record] = [each for each in caplog.records if each.name == "recommendations.request_log"]
    line = json.loads(JsonLines().format(record))
    assert (line["message"], line["requestId"], line["path"], line["status"]) == ("request", "r-1", "/elsewhere", 404)


def test_health_checks_do_not_fill_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "recommendations")
    client.get("/health")
    assert [each for each in caplog.records if each.name == "recommendations.request_log"] == []
