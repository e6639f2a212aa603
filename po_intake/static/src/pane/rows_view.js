import { Component } from "@odoo/owl";

/** A mail, a spreadsheet or a Word file: its text in rows; every word can be clicked. */
export class RowsView extends Component {
    static template = "po_intake.RowsView";
    static props = { rows: Array, marks: Array, onWords: Function };

    /** Rows of one cell are text, neighbouring rows of several cells are a table. */
    get blocks() {
        const blocks = [];
        for (const row of this.props.rows) {
            const kind = row.length > 1 ? "table" : "text";
            const last = blocks.at(-1);
            if (kind === "table" && last?.kind === "table") {
                last.rows.push(row);
            } else {
                blocks.push({ kind, rows: [row] });
            }
        }
        return blocks;
    }

    /** The marks of a place; several places of one value are parted by commas. */
    markOf(place) {
        const found = this.props.marks.filter((mark) => mark.place?.split(", ").includes(place));
        return found.find((mark) => mark.lit) || found[0];
    }

    cellClass(place) {
        const mark = place && this.markOf(place);
        if (!mark) {
            return "";
        }
        return `o_po_intake_place o_po_intake_${mark.level}${mark.lit ? " o_po_intake_lit" : ""}`;
    }

    /** Plain text is set as typed: its columns are made of blanks. */
    textClass([cell]) {
        if (!cell) {
            return "";
        }
        const typed = cell[0].startsWith("line ") ? "font-monospace small " : "";
        return typed + this.cellClass(cell[0]);
    }

    words(text) {
        return text.split(/(\s+)/).filter((part) => part);
    }

    onWord(place, text) {
        this.props.onWords({ place, text });
    }
}
