"""Interest of a whole portfolio at once, exact in integers over columns; needs the extra ``bulk``."""

from recouvrement.adapters.bulk.accrued import Accrued, accrue
from recouvrement.adapters.bulk.building import segment_columns
from recouvrement.adapters.bulk.columns import SegmentColumns

__all__ = ["Accrued", "SegmentColumns", "accrue", "segment_columns"]
