"""What operators send as sheets: products and stock, looked at first or taken at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote

from fastapi import APIRouter, Query, Request
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from hq import apidoc, stores
from hq.desk import OPERATOR, AtDesk, Desk
from hq.goods import catalogue, importing, sheets
from hq.goods.catalogue import Product
from hq.goods.sheet_cells import Flaw
from hq.goods.sheets import ProductRow, Sheet, StockRow
from hq.problems import Rejection
from hq.routes.sold_shapes import ProductSheetShape, StockSheetShape
from sync.wire import StoreNumber

router = APIRouter(prefix="/v1/imports", dependencies=[OPERATOR])

FILE_NAME = "x-file-name"
_MOST_TOLD = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
R = TypeVar("R", ProductRow, StockRow)
_OPERATOR = apidoc.OPERATOR_ONLY
_NO_STORE = apidoc.missing("store", "There is no store 9.")
Store = Annotated[StoreNumber | None, Query()]


@router.get("/products/template", **apidoc.call(who="operator", gives_file=_XLSX, refuses=[_OPERATOR]))
async def template() -> Response:
    """Return an empty sheet of products."""
    content = await run_in_threadpool(sheets.product_template)
    return Response(content, media_type=_XLSX, headers={"content-disposition": 'attachment; filename="products.xlsx"'})


@router.post(
    "/products",
    **apidoc.call(
        who="operator", takes_file="application/octet-stream", gives=ProductSheetShape, refuses=[_OPERATOR, _NO_STORE]
    ),
)
async def products(
    request: Request, at: AtDesk, store: Store = None, dry_run: bool = True, only_good: bool = False
) -> Response:
    """Show what a sheet of products would change, or take it; `store` is whose stock its column tells."""
    sheet = await _read(request, at, store, sheets.read_products)
    if not dry_run:
        _refuse_flaws(sheet, only_good=only_good)
        by = _by(request)
        await at.write(lambda work: importing.take_products(work, sheet.rows, store, by=by))
    return _answer(sheet, [_product(row) for row in sheet.rows], taken=not dry_run)


@router.post(
    "/stock",
    **apidoc.call(
        who="operator", takes_file="application/octet-stream", gives=StockSheetShape, refuses=[_OPERATOR, _NO_STORE]
    ),
)
async def stock(
    request: Request, at: AtDesk, store: Annotated[StoreNumber, Query()], dry_run: bool = True, only_good: bool = False
) -> Response:
    """Show what a sheet of a store's stock would change, or take it."""
    sheet = await _read(request, at, store, sheets.read_stock)
    if not dry_run:
        _refuse_flaws(sheet, only_good=only_good)
        by = _by(request)
        await at.write(lambda work: importing.take_stock(work, sheet.rows, store, by=by))
    told = [
        {"row": row.row, "number": row.product.number, "name": row.product.name, "stock": row.stock}
        for row in sheet.rows
    ]
    return _answer(sheet, told, taken=not dry_run)


async def _read(
    request: Request, at: Desk, store: int | None, read: Callable[[bytes, Sequence[Product]], Sheet[R]]
) -> Sheet[R]:
    content = await request.body()

    def query(conn: Connection) -> list[Product]:
        if store is not None:
            stores.get(conn, store)
        return catalogue.all_products(conn)

    known = await at.read(query)
    # A thousand rows take a tenth of a second: not in the event loop, and not inside a transaction.
    return await run_in_threadpool(read, content, known)


def _refuse_flaws(sheet: Sheet[R], *, only_good: bool) -> None:
    if sheet.errors and not (only_good and sheet.rows):
        flaw = sheet.errors[0]
        where = f"Row {flaw.row}, {flaw.column}: " if flaw.row else ""
        said = f"{where}{flaw.en} Nothing was taken."
        raise Rejection(HTTPStatus.UNPROCESSABLE_ENTITY, "sheet", said, more={"errors": _flaws(sheet.errors)})


def _by(request: Request) -> str:
    name = " ".join(unquote(request.headers.get(FILE_NAME, ""), errors="replace").replace("\0", "").split())
    return name[:60] or "HQ"


def _answer(sheet: Sheet[R], rows: list[dict[str, Any]], *, taken: bool) -> Response:
    return JSONResponse(
        {"rows": rows, "errors": _flaws(sheet.errors), "error_count": len(sheet.errors), "taken": taken}
    )


def _flaws(errors: Sequence[Flaw]) -> list[dict[str, Any]]:
    return [asdict(flaw) for flaw in errors[:_MOST_TOLD]]


def _product(row: ProductRow) -> dict[str, Any]:
    return {"row": row.row, "product": asdict(row.product), "stock": row.stock, "is_new": row.is_new}
