import { Component, useExternalListener, useRef, useState } from "@odoo/owl";

/** Percent of the page's side: boxes keep their place at every zoom. */
function placed([x0, y0, x1, y1], { width, height }) {
    return (
        `left:${(100 * x0) / width}%;top:${(100 * y0) / height}%;` +
        `width:${(100 * (x1 - x0)) / width}%;height:${(100 * (y1 - y0)) / height}%`
    );
}

/** Words in the order people read them: line by line. */
export function inReadingOrder(words) {
    return [...words].sort(([, a], [, b]) => {
        const sameLine =
            Math.min(a[3], b[3]) - Math.max(a[1], b[1]) > 0.5 * Math.min(a[3] - a[1], b[3] - b[1]);
        return sameLine ? a[0] - b[0] : a[1] - b[1];
    });
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
        const words = inReadingOrder(
            (this.state.words || []).filter((word) => touch(word[1], box))
        );
        const mark = this.props.marks.find((item) => touch(item.bbox, box));
        if (words.length || mark) {
            this.props.onWords(
                words.length && {
                    page: this.props.page.number,
                    bbox: around(words.map((word) => word[1])),
                    text: words.map((word) => word[0]).join(" "),
                },
                mark
            );
        }
    }
}
