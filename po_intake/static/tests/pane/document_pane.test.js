import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { IntakeDesk } from "@po_intake/pane/intake_desk";
import { around, inPhrases, inRows, PageView } from "@po_intake/pane/page_view";
import { RowsView } from "@po_intake/pane/rows_view";

defineMailModels();

const WORDS = [
    ["4711", [60, 10, 90, 20]],
    ["Order", [10, 10, 50, 20]],
    ["below", [10, 30, 50, 40]],
];

test("words of a line are read from left to right, lines from top to bottom", () => {
    const rows = inRows(WORDS).map((row) => row.map(([text]) => text));
    expect(rows).toEqual([["Order", "4711"], ["below"]]);
});

test("a wide gap parts the cells of a row", () => {
    const row = [
        ["Hex", [10, 10, 30, 20]],
        ["bolt", [33, 10, 55, 20]],
        ["42.00", [80, 10, 99, 20]],
    ];
    const phrases = inPhrases(row).map((phrase) => phrase.map(([text]) => text));
    expect(phrases).toEqual([["Hex", "bolt"], ["42.00"]]);
});

test("the box around several words", () => {
    expect(around(WORDS.map(([, box]) => box))).toEqual([10, 10, 90, 40]);
});

async function mountPage(props = {}) {
    const picked = [];
    await mountWithCleanup(PageView, {
        props: {
            page: { number: 1, width: 100, height: 100, src: "" },
            marks: [],
            turn: 0,
            loadWords: async () => WORDS,
            onWords: (place, mark) => picked.push([place, mark]),
            ...props,
        },
    });
    const sheet = queryAll(".o_po_intake_page")[0];
    sheet.dispatchEvent(new PointerEvent("pointerenter"));
    await animationFrame();
    return { sheet, picked };
}

/** A point of the page, in the window: the page is shown at some size. */
function at(sheet, x, y) {
    const { left, top, width, height } = sheet.getBoundingClientRect();
    return {
        clientX: left + (x * width) / 100,
        clientY: top + (y * height) / 100,
        bubbles: true,
        cancelable: true,
    };
}

function drag(sheet, from, to) {
    sheet.dispatchEvent(new PointerEvent("pointerdown", at(sheet, ...from)));
    sheet.dispatchEvent(new PointerEvent("pointermove", at(sheet, ...to)));
    window.dispatchEvent(new PointerEvent("pointerup", at(sheet, ...to)));
}

test("a click takes one word, with its place", async () => {
    const { sheet, picked } = await mountPage();
    drag(sheet, [70, 15], [70, 15]);
    expect(picked).toEqual([[{ page: 1, bbox: [60, 10, 90, 20], text: "4711" }, undefined]]);
});

test("dragging takes all words it touches, in reading order", async () => {
    const { sheet, picked } = await mountPage();
    drag(sheet, [95, 38], [5, 5]);
    expect(picked[0][0].text).toBe("Order 4711 below");
    expect(picked[0][0].rows.map((row) => row.text)).toEqual(["Order 4711", "below"]);
});

test("on a turned page the same words are under the pointer", async () => {
    const { sheet, picked } = await mountPage({ turn: 90 });
    // clockwise: what was left is on top, what was on top is at the right
    drag(sheet, [85, 75], [85, 75]);
    expect(picked[0][0].text).toBe("4711");
});

test("a box without words names its value", async () => {
    const mark = { path: "number", bbox: [0, 80, 20, 90], level: "sure", title: "", lit: false };
    const { sheet, picked } = await mountPage({ marks: [mark] });
    drag(sheet, [10, 85], [10, 85]);
    expect(picked[0][1].path).toBe("number");
});

test("text of strangers is shown as text", async () => {
    const picked = [];
    await mountWithCleanup(RowsView, {
        props: {
            rows: [
                [["line 1", "<b>5</b> x HB-1"]],
                [
                    ["A2", "HB-1"],
                    ["B2", "5"],
                ],
            ],
            marks: [{ path: "lines.0.quantity", place: "B2", level: "unsure", lit: true }],
            onWords: (place) => picked.push(place),
        },
    });
    expect(queryAll("b")).toHaveLength(0);
    expect(queryAllTexts("td")).toEqual(["HB-1", "5"]);
    expect("td:last-child").toHaveClass(["o_po_intake_unsure", "o_po_intake_lit"]);
    queryAll("td span")[0].dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    expect(picked).toEqual([{ place: "A2", text: "HB-1" }]);
});

test("values of the reading know their fields, and fields their values", () => {
    const desk = new IntakeDesk(
        {},
        () => ({ fields: {}, data: {} }),
        () => null
    );
    desk.setPane({
        paths: { order_reference: ["number"], partner_id: ["partner.name", "partner.vat"] },
        line_paths: { quantity: ["quantity"] },
        evidence: { number: {}, "partner.vat": {}, "lines.2.quantity": {} },
    });
    expect(desk.fieldOf("partner.vat")).toEqual(["partner_id", null]);
    expect(desk.fieldOf("lines.2.quantity")).toEqual(["quantity", 2]);
    expect(desk.litPaths({ field: "partner_id", line: null })).toEqual(["partner.vat"]);
    expect(desk.litPaths({ field: "quantity", line: 2 })).toEqual(["lines.2.quantity"]);
    expect(desk.litPaths({ field: "quantity", line: 1 })).toEqual([]);
});

/** A desk with two lines that were read; the second one has no product. */
function twoLines() {
    const filled = [];
    const line = (index, product) => ({
        id: `line_${index}`,
        data: { document_line: index, product_id: product, ignored: false },
        fields: { quantity: { type: "float", string: "Quantity" } },
        model: { bus: { trigger() {} } },
        update: async (values) => filled.push([index, values]),
    });
    const records = [line(0, { id: 1 }), line(1, false)];
    const orm = {
        call: async (_model, _method, [, , text]) => Number(text),
        silent: { call: async () => true },
    };
    const desk = new IntakeDesk(
        { orm, notification: { add() {} } },
        () => ({
            resId: 7,
            fields: {},
            data: { state: "review", partner_id: { id: 3 }, line_ids: { records } },
        }),
        () => null
    );
    desk.setPane({
        paths: { order_reference: ["number"] },
        line_paths: { product_id: ["description"], quantity: ["quantity"] },
        evidence: {
            number: { confidence: 0.99 },
            "lines.0.quantity": { confidence: 0.6 },
            "lines.1.quantity": { confidence: 1 },
            "lines.1.description": { confidence: 1 },
        },
    });
    return { desk, records, filled };
}

test("words of several rows go into the cells below", async () => {
    const { desk, records, filled } = twoLines();
    const place = (text) => ({ page: 1, bbox: [0, 0, 1, 1], text });
    const target = { record: records[0], field: "quantity", line: 0 };
    await desk.fill({ ...place("5 10 15"), rows: ["5", "10", "15"].map(place) }, target);
    expect(filled).toEqual([
        [0, { quantity: 5 }],
        [1, { quantity: 10 }],
    ]);
    expect(desk.pane.evidence["lines.1.quantity"].text).toBe("10");
});

test("what is unsure or missing is to be checked, in the order of the form", () => {
    const { desk } = twoLines();
    desk.cellOf = () => ({ focus() {} });
    expect(desk.doubts.map(({ field, record }) => [field, record?.id])).toEqual([
        ["quantity", "line_0"],
        ["product_id", "line_1"],
    ]);
});
