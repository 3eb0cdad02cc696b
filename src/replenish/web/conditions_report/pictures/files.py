"""Pictures as files: PNG by the typesetter that prints the report, and all of them in one archive."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from replenish.web.conditions_report.pictures.frame import HEIGHT, WIDTH
from replenish.web.conditions_report.pictures.slides import Picture

PIXELS_WIDE = 1920
POINTS_TO_AN_INCH = 72
KEPT = 64
_PAGE = f"""#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg", width: {WIDTH}pt)
"""


# A picture is the same for everybody who may read it; drawing it takes about a twentieth of a second.
@lru_cache(maxsize=KEPT)
def as_png(svg: str) -> bytes:
    """A picture in pixels, 1920 by 1080; its letters come with the typesetter, nothing is fetched."""
    import typst

    drawn: bytes = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=POINTS_TO_AN_INCH * PIXELS_WIDE / WIDTH,
        ignore_system_fonts=True,
        sys_inputs={"picture": svg},
    )
    return drawn


def as_archive(pictures: Sequence[Picture], *, pixels: bool) -> bytes:
    """Every picture as SVG, and as PNG where there is a typesetter; its names say nothing of whose it is."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for place, picture in enumerate(pictures, 1):
            name = f"conditions-report-{place:02}-{picture.name}"
            archive.writestr(_entry(f"{name}.svg"), picture.svg)
            if pixels:
                archive.writestr(_entry(f"{name}.png"), as_png(picture.svg))
    return written.getvalue()


def _entry(name: str) -> ZipInfo:
    """Without the moment at which it was made: the same figures give the same file."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry
