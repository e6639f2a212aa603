import { Component, useExternalListener, useRef, useState } from "@odoo/owl";

/** Percent of the page's side: boxes keep their place at every zoom. */
function placed([x0, y0, x1, y1], { width, height }) {
    return (
        `left:${(100 * x0) / width}%;top:${(100 * y0) / height}%;` +
        `width:${(100 * (x1 - x0)) / width}%;height:${(100 * (y1 - y0)) / height}%`
    );
}

/** Words in the rows that people see, each from left to right. */
export function inRows(words) {
    const rows = [];
    const middle = ([, box]) => (box[1] + box[3]) / 2;
    for (const word of [...words].sort((a, b) => middle(a) - middle(b))) {
        const last = rows.at(-1);
        // a word whose middle lies within the first one of a row stands in that row
        if (last && middle(word) < last[0][1][3]) {
            last.push(word);
        } else {
            rows.push([word]);
        }
    }
    return rows.map((row) => row.sort(([, a], [, b]) => a[0] - b[0]));
}

/** The words of a row in groups that wide gaps part, as the cells of a table are. */
export function inPhrases(row) {
    const phrases = [];
    for (const word of row) {
        const [, last] = phrases.at(-1)?.at(-1) || [];
        // blanks between words are narrower than the words are high
        if (last && word[1][0] - last[2] < last[3] - last[1]) {
            phrases.at(-1).push(word);
        } else {
            phrases.push([word]);
        }
    }
    return phrases;
}

/** The box around several boxes. */
export function around(boxes) {
    return [
        Math.min(...boxes.map((box) => box[0])),
        Math.min(...boxes.map((box) => box[1])),
        Math.max(...boxes.map((box) => box[2])),
        Math.max(...boxes.map((box) => box[3])),
    ];
}

/** Do two boxes share anything? */
export function touch(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

/** Words as one value of the document, and where it stands. */
export function placeOf(page, words) {
    return {
        page,
        bbox: around(words.map((word) => word[1])),
        text: words.map((word) => word[0]).join(" "),
    };
}

/** One page: its picture, the boxes of what was read, and its words to click or drag over. */
export class PageView extends Component {
    static template = "po_intake.PageView";
    static props = {
        page: Object,
        marks: Array,
        turn: Number,
        loadWords: Function,
        onWords: Function,
    };

    setup() {
        this.root = useRef("page");
        this.state = useState({ words: null, drag: null });
        useExternalListener(window, "pointerup", () => this.drop());
        useExternalListener(window, "keydown", (ev) => {
            if (ev.key === "Escape") {
                this.state.drag = null;
            }
        });
    }

    get isOnItsSide() {
        return this.props.turn % 180 !== 0;
    }

    /** The frame has the shape of the page as it is turned; the sheet in it is turned itself. */
    get frameStyle() {
        const { width, height } = this.props.page;
        return `aspect-ratio:${this.isOnItsSide ? height / width : width / height}`;
    }

    get sheetStyle() {
        const { width, height } = this.props.page;
        const side = this.isOnItsSide ? (100 * width) / height : 100;
        return (
            `width:${side}%;aspect-ratio:${width / height};` +
            `transform:translate(-50%,-50%) rotate(${this.props.turn}deg)`
        );
    }

    markStyle(mark) {
        const [x0, y0, x1, y1] = mark.bbox;
        return placed([x0 - 1, y0 - 1, x1 + 1, y1 + 1], this.props.page);
    }

    wordStyle([, box]) {
        return placed(box, this.props.page);
    }

    get dragStyle() {
        return placed(this.dragBox, this.props.page);
    }

    get dragBox() {
        const { from, to } = this.state.drag;
        return [
            Math.min(from[0], to[0]),
            Math.min(from[1], to[1]),
            Math.max(from[0], to[0]),
            Math.max(from[1], to[1]),
        ];
    }

    async wanted() {
        if (this.state.words === null) {
            this.state.words = [];
            this.state.words = await this.props.loadWords(this.props.page.number);
        }
    }

    /** Where the pointer is, in points of the page, whichever way the page is turned. */
    pointOf(ev) {
        const frame = this.root.el.getBoundingClientRect();
        const across = (ev.clientX - frame.left) / frame.width;
        const down = (ev.clientY - frame.top) / frame.height;
        const [x, y] = {
            0: [across, down],
            90: [down, 1 - across],
            180: [1 - across, 1 - down],
            270: [1 - down, across],
        }[this.props.turn];
        return [x * this.props.page.width, y * this.props.page.height];
    }

    start(ev) {
        if (ev.button === 0) {
            // the field keeps the focus: it is where the words go
            ev.preventDefault();
            const point = this.pointOf(ev);
            this.state.drag = { from: point, to: point };
        }
    }

    move(ev) {
        if (this.state.drag) {
            this.state.drag.to = this.pointOf(ev);
        }
    }

    drop() {
        const { drag } = this.state;
        if (!drag) {
            return;
        }
        const [x0, y0, x1, y1] = this.dragBox;
        this.state.drag = null;
        const box = [x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5];
        const rows = inRows((this.state.words || []).filter((word) => touch(word[1], box)));
        const mark = this.props.marks.find((item) => touch(item.bbox, box));
        if (rows.length || mark) {
            const { number } = this.props.page;
            const place = rows.length && placeOf(number, rows.flat());
            if (rows.length > 1) {
                place.rows = rows.map((row) => placeOf(number, row));
            }
            this.props.onWords(place, mark);
        }
    }
}
