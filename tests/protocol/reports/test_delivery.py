"""The headers of reports say how one is built and how the queue stands."""

import itertools

import pytest

from yadirect_soap.protocol.messages import Headers
from yadirect_soap.protocol.reports.delivery import (
    Delivery,
    read_delivery,
    read_reports_in_queue,
    read_retry_in,
    write_delivery,
    write_queue,
)

FLAGS = itertools.product((True, False), repeat=4)
DELIVERIES = [Delivery("offline", *flags) for flags in FLAGS] + [Delivery("online"), Delivery()]


@pytest.mark.parametrize("delivery", DELIVERIES, ids=repr)
def test_a_delivery_comes_back_as_it_went(delivery):
    """The headers that are written are read as the same delivery."""
    assert read_delivery(Headers(write_delivery(delivery))) == delivery


def test_no_headers_mean_the_defaults():
    """Without headers a report is built as the service sees fit, with every line and with micros."""
    assert read_delivery(Headers()) == Delivery("auto", micros=True, header=True, columns=True, summary=True)


@pytest.mark.parametrize(
    ("headers", "delivery"),
    [
        ({"returnMoneyInMicros": "true"}, Delivery()),
        ({"RETURNMONEYINMICROS": "False"}, Delivery(micros=False)),
        ({"skipReportHeader": "false", "skipColumnHeader": "false"}, Delivery()),
        ({"skipReportSummary": " true "}, Delivery(summary=False)),
    ],
    ids=["micros said", "in any case", "false is harmless", "blanks"],
)
def test_headers_are_read_as_the_service_reads_them(headers, delivery):
    """What is said of a default changes nothing, and case and blanks do not matter."""
    assert read_delivery(Headers(headers)) == delivery


def test_an_unknown_mode_is_refused():
    """A processingMode that does not exist is reported."""
    with pytest.raises(ValueError, match="found 'fast', expected one of auto, online, offline"):
        read_delivery(Headers({"processingMode": "fast"}))


def test_the_queue_comes_back_as_it_went():
    """Seconds to wait and reports in the queue are read as they were written, and absent where they were not."""
    headers = Headers(write_queue(retry_in=10, reports_in_queue=0))
    assert (read_retry_in(headers), read_reports_in_queue(headers)) == (10, 0)
    assert write_queue(retry_in=None, reports_in_queue=None) == {}
    assert (read_retry_in(Headers()), read_reports_in_queue(Headers())) == (None, None)


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "9" * 10, "٣"])
def test_a_number_that_is_none_is_not_read(value):
    """A header that is not a small number of digits counts as absent."""
    assert read_retry_in(Headers({"retryIn": value})) is None


def test_a_number_of_nine_digits_is_read():
    """The largest number that is read has nine digits."""
    assert read_retry_in(Headers({"retryIn": "9" * 9})) == 999_999_999
