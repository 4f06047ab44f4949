"""Images, videos and creatives: what uploaded bytes tell, and what is refused."""

import struct
from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulator.emulator_client import START, EmulatorClient, item_codes
from tests.png_images import SIGNATURE, chunk, head, png
from yadirect_soap.emulator.operations.services.media_headers import ImageSize, seconds, size

FIELDS = ["AdImageHash", "OriginalUrl", "PreviewUrl", "Name", "Type", "Subtype", "Associated"]


def gif(width: int, height: int) -> bytes:
    """The head of a GIF of a size."""
    return b"GIF89a" + struct.pack("<HH", width, height)


def jpeg(width: int, height: int) -> bytes:
    """The head of a JPEG of a size, with a segment before the frame."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    return b"\xff\xd8" + app + b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes(3)


def mp4(scale: int, length: int) -> bytes:
    """An MP4 with nothing but a movie header."""
    header = b"mvhd" + struct.pack(">IIIII", 0, 0, 0, scale, length)
    return struct.pack(">I4s4sI", 16, b"ftyp", b"isom", 0) + struct.pack(">I4sI", 36, b"moov", 28) + header


@pytest.fixture
def client() -> Iterator[EmulatorClient]:
    """An emulator with the demo accounts."""
    with EmulatorClient.demo(now=START) as client:
        yield client


def add(client: EmulatorClient, data: bytes, **other: str) -> dict[str, Any]:
    """The result of adding one image."""
    (result,) = client.call("adimages.add", {"AdImages": [{"ImageData": data, "Name": "Полка", **other}]})["AddResults"]
    assert isinstance(result, dict)
    return result


def get(client: EmulatorClient, key: str) -> dict[str, Any]:
    """What is told of an image."""
    params = {"SelectionCriteria": {"AdImageHashes": [key]}, "FieldNames": FIELDS}
    (image,) = client.call("adimages.get", params)["AdImages"]
    assert isinstance(image, dict)
    return image


@pytest.mark.parametrize("make", [png, gif, jpeg])
def test_sizes_are_read(make: Any) -> None:
    """Width and height of the three formats are read from their heads."""
    assert size(make(640, 480)) == ImageSize(640, 480)


@pytest.mark.parametrize(
    "data",
    [b"", png(1, 1)[:8], jpeg(1, 1)[:3], jpeg(640, 480)[:20], b"<svg/>", b"RIFF\0\0\0\0WEBP", gif(1, 1)[:8]],
    ids=["empty", "cut PNG", "cut JPEG", "JPEG cut later", "SVG", "WebP", "cut GIF"],
)
def test_what_is_no_image_has_no_size(data: bytes) -> None:
    """Anything else, and a file that breaks off, is no image."""
    assert size(data) is None


@pytest.mark.parametrize("at", range(0, len(png(4, 3)), 3))
def test_a_damaged_png_has_no_size(at: int) -> None:
    """A PNG with one wrong byte, wherever it is, or that breaks off there, is no image."""
    whole = png(4, 3)
    assert size(whole) == ImageSize(4, 3)
    assert size(whole[:at]) is None
    assert size(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]) is None


@pytest.mark.parametrize(
    "chunks",
    [
        chunk(b"IDAT", b"") + chunk(b"IEND", b""),
        head(4, 3) + chunk(b"IEND", b""),
        head(0, 3) + chunk(b"IDAT", b"") + chunk(b"IEND", b""),
    ],
    ids=["no head", "no pixels", "no width"],
)
def test_a_png_without_a_part_has_no_size(chunks: bytes) -> None:
    """Right checksums do not make an image of chunks."""
    assert size(SIGNATURE + chunks) is None


@pytest.mark.parametrize(
    ("language", "details"),
    [
        ("en", "Invalid image file type, please use the GIF, JPEG or PNG formats"),
        ("ru", "Неверный тип файла изображения, используйте форматы GIF, JPEG или PNG"),
    ],
)
def test_a_damaged_png_is_refused(client: EmulatorClient, language: str, details: str) -> None:
    """A PNG whose pixels break off is 5004, with the recorded details."""
    params = {"AdImages": [{"ImageData": png(450, 450)[:-40], "Name": "Name"}]}
    (result,) = client.call("adimages.add", params, language=language)["AddResults"]
    assert [(error["Code"], error["Details"]) for error in result["Errors"]] == [(5004, details)]


@pytest.mark.parametrize(
    ("data", "wished", "kind", "subtype"),
    [
        (png(450, 450), "", "REGULAR", "NONE"),
        (jpeg(1200, 900), "REGULAR", "REGULAR", "NONE"),
        (png(1080, 607), "", "WIDE", "NONE"),
        (png(1920, 1080), "WIDE", "WIDE", "NONE"),
        (gif(300, 250), "", "FIXED_IMAGE", "IMG_300_250"),
        (png(970, 250), "FIXED_IMAGE", "FIXED_IMAGE", "IMG_970_250"),
        (png(600, 500), "FIXED_IMAGE", "FIXED_IMAGE", "IMG_600_500"),
        (png(600, 500), "AUTO", "REGULAR", "NONE"),
    ],
    ids=["square", "4:3", "16:9", "wide by wish", "banner", "banner by wish", "either by wish", "either"],
)
def test_the_size_makes_the_type(client: EmulatorClient, data: bytes, wished: str, kind: str, subtype: str) -> None:
    """The type follows from the size in pixels, or is the wished one where the size fits."""
    result = add(client, data, **({"Type": wished} if wished else {}))
    assert len(result["AdImageHash"]) == 22
    image = get(client, result["AdImageHash"])
    assert (image["Type"], image["Subtype"], image["Name"], image["Associated"]) == (kind, subtype, "Полка", "NO")


@pytest.mark.parametrize(
    ("data", "other", "code"),
    [
        (b"not an image", {}, 5004),
        (png(449, 449), {}, 5004),
        (png(450, 900), {}, 5004),
        (png(450, 450), {"Type": "WIDE"}, 5004),
        (png(450, 450), {"Type": "FIXED_IMAGE"}, 5004),
        (png(300, 250, 512 * 1024), {}, 5010),
        (png(450, 450), {"Name": " "}, 5000),
        (png(450, 450), {"Name": "x" * 256}, 5001),
    ],
    ids=["no image", "too small", "too narrow", "not wide", "no banner", "too many bytes", "no name", "long name"],
)
def test_bad_images(client: EmulatorClient, data: bytes, other: dict[str, str], code: int) -> None:
    """Each rule has its error."""
    assert item_codes(add(client, data, **other)) == [code]


def test_the_same_bytes_are_the_same_image(client: EmulatorClient) -> None:
    """Adding an image again gives the old hash; another account's is its own."""
    first, second = (add(client, png(450, 450))["AdImageHash"] for _ in range(2))
    assert first == second
    params = {"AdImages": [{"ImageData": png(450, 450), "Name": "Полка"}]}
    (other,) = client.call("adimages.add", params, token="demo-agency-token", client="demo-client-rub")["AddResults"]
    assert other["AdImageHash"] != first
    assert get(client, first)["AdImageHash"] == first


def test_images_by_use(client: EmulatorClient) -> None:
    """Associated tells, and chooses by, whether an ad has the image; only unused ones can be deleted."""
    unused = add(client, png(450, 450))["AdImageHash"]
    params = {"SelectionCriteria": {"Associated": "YES"}, "FieldNames": ["AdImageHash"]}
    used = {image["AdImageHash"] for image in client.call("adimages.get", params)["AdImages"]}
    assert used
    assert unused not in used
    hashes = [min(used), unused, "no-such-image"]
    criteria = {"SelectionCriteria": {"AdImageHashes": hashes}}
    results = client.call("adimages.delete", criteria)["DeleteResults"]
    assert [item_codes(result) for result in results] == [[8301], [], [8800]]
    assert results[1] == {"AdImageHash": unused, "Errors": []}


@pytest.mark.parametrize(
    ("scale", "length", "seconds_read"), [(600, 9000, 15), (1000, 2600, 3)], ids=["whole", "rounded"]
)
def test_the_length_of_a_video(scale: int, length: int, seconds_read: int) -> None:
    """The length of an MP4 stands in its movie header."""
    assert seconds(mp4(scale, length)) == seconds_read


def test_a_creative_of_a_video(client: EmulatorClient) -> None:
    """An uploaded video is ready, and a video extension can be made of it."""
    (video,) = client.call("advideos.add", {"AdVideos": [{"VideoData": mp4(600, 9000), "Name": "Полка"}]})["AddResults"]
    params = {"SelectionCriteria": {"Ids": [video["Id"]]}, "FieldNames": ["Id", "Status"]}
    assert client.call("advideos.get", params)["AdVideos"] == [{"Id": video["Id"], "Status": "READY"}]
    items = [{"VideoExtensionCreative": {"VideoId": video["Id"]}}]
    (creative,) = client.call("creatives.add", {"Creatives": items})["AddResults"]
    params = {
        "SelectionCriteria": {"Ids": [creative["Id"]]},
        "FieldNames": ["Type", "Associated"],
        "VideoExtensionCreativeFieldNames": ["Duration"],
    }
    (item,) = client.call("creatives.get", params)["Creatives"]
    assert item == {"Type": "VIDEO_EXTENSION_CREATIVE", "Associated": "NO", "VideoExtensionCreative": {"Duration": 15}}


def test_a_video_at_an_address_is_never_fetched(client: EmulatorClient) -> None:
    """A video given by address stays NEW, and nothing can be made of it."""
    (video,) = client.call("advideos.add", {"AdVideos": [{"Url": "https://video.example/1.mp4"}]})["AddResults"]
    items = [{"VideoExtensionCreative": {"VideoId": key}} for key in (video["Id"], "no-such-video")]
    results = client.call("creatives.add", {"Creatives": items})["AddResults"]
    assert [item_codes(result) for result in results] == [[8300], [8800]]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"Name": "Полка"}, 5008),
        ({"Url": "https://video.example/1.mp4", "VideoData": mp4(1, 1)}, 5009),
        ({"Url": "video"}, 5004),
        ({"VideoData": b"\x1aE\xdf\xa3"}, 3500),
    ],
    ids=["nothing", "both", "no address", "another format"],
)
def test_bad_videos(client: EmulatorClient, item: dict[str, Any], code: int) -> None:
    """A video comes as an address or as a file that the emulator can read."""
    (result,) = client.call("advideos.add", {"AdVideos": [item]})["AddResults"]
    assert item_codes(result) == [code]
