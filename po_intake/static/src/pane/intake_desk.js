import { EventBus, reactive } from "@odoo/owl";

import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const LINE = /^lines\.(\d+)\.(.+)$/;
/** From this confidence on nobody need look at a value again. */
export const SURE = 0.95;
/** Fields that words of the page can be put into. */
const FILLABLE = ["char", "text", "float", "integer", "monetary", "date", "datetime", "many2one"];

/**
 * What the form and the document beside it know of each other: which field is in focus, which
 * value of the reading belongs to it, and how words of the page get into it.
 */
export class IntakeDesk {
    /**
     * @param {Object} services `orm` and `notification`
     * @param {Function} getRecord the record of the form
     * @param {Function} getRoot the element of the form
     */
    constructor({ orm, notification }, getRecord, getRoot) {
        this.orm = orm;
        this.notification = notification;
        this.getRecord = getRecord;
        this.getRoot = getRoot;
        this.bus = new EventBus();
        this.pane = { paths: {}, line_paths: {}, evidence: {} };
        // field: name; line: index in what was read, or null; target: may words go there?
        this.state = reactive({ field: null, line: null, path: null, target: false });
        this.record = null;
    }

    setPane(pane) {
        this.pane = pane;
    }

    // which field is in focus

    onFocus(ev) {
        // the document, or what opened above the form: the field is still meant
        if (ev.target.closest(".o_po_intake_pane, .o-overlay-container")) {
            return;
        }
        const widget = ev.target.closest(".o_field_widget[name], td[name]");
        if (!widget || !this.getRoot()?.contains(widget)) {
            Object.assign(this.state, { field: null, path: null, target: false });
            return;
        }
        const row = ev.target.closest(".o_data_row");
        const record = row ? this.lineOf(row) : this.getRecord();
        const name = (row ? ev.target.closest("td[name]") : widget)?.getAttribute("name");
        if (!record || !name || !record.fields[name]) {
            return;
        }
        this.record = record;
        const line = row ? (record.data.document_line ?? null) : null;
        Object.assign(this.state, {
            field: name,
            line,
            path: this.pathsOf(name, row ? line : undefined)[0] || null,
            target: this.isFillable(record, name),
        });
    }

    lineOf(row) {
        return this.lines.find((record) => record.id === row.dataset.id);
    }

    isFillable(record, name) {
        const done = ["done", "rejected"].includes(this.getRecord().data.state);
        return !done && FILLABLE.includes(record.fields[name].type);
    }

    /** Where words go: a field of a record, and the line that was read. */
    get target() {
        const { field, line, target } = this.state;
        return target && this.record ? { record: this.record, field, line } : null;
    }

    get hint() {
        const { string: label, type } = this.record.fields[this.state.field];
        if (this.state.line !== null && type !== "text") {
            return _t("Click a word for “%s”, or drag down its column for the lines below.", label);
        }
        return _t("Click or drag over words to put them into “%s”.", label);
    }

    // which values belong to which field

    pathsOf(name, line) {
        const { paths, line_paths, evidence } = this.pane;
        const wanted =
            line === undefined
                ? paths[name] || []
                : (line_paths[name] || []).map((path) => `lines.${line}.${path}`);
        return wanted.filter((path) => evidence[path]);
    }

    /** @param {Object} focus the state of the desk, as whoever shows it observes it */
    litPaths({ field, line }) {
        return field ? this.pathsOf(field, line === null ? undefined : line) : [];
    }

    /** `[field, line]` of a value of the reading; nothing where the form does not show it. */
    fieldOf(path) {
        const [, line, rest] = path.match(LINE) || [];
        const table = line === undefined ? this.pane.paths : this.pane.line_paths;
        const field = Object.keys(table).find((name) => table[name].includes(rest || path));
        return field && [field, line === undefined ? null : Number(line)];
    }

    label(path) {
        const [field, line] = this.fieldOf(path) || [];
        const record = this.getRecord();
        const fields = line === null ? record.fields : record.data.line_ids?.fields || {};
        return fields[field]?.string || path;
    }

    /** Put the cursor into the field that a box belongs to. */
    focusField(path) {
        const [field, line] = this.fieldOf(path) || [];
        if (field) {
            this.cellOf({ field, record: line === null ? null : this.recordOf(line) })?.focus();
        }
    }

    recordOf(line) {
        return this.lines.find((record) => record.data.document_line === line);
    }

    get lines() {
        return this.getRecord().data.line_ids?.records || [];
    }

    /** What brings the cursor there; nothing where the form does not show the field now. */
    cellOf({ field, record }) {
        const root = this.getRoot();
        if (!record) {
            return root?.querySelector(`.o_field_widget[name="${field}"] :is(input, textarea)`);
        }
        const cell = root?.querySelector(
            `.o_data_row[data-id="${record.id}"] td[name="${field}"]:not(.o_readonly_modifier)`
        );
        return cell && { focus: () => cell.click() };
    }

    // what a person should look at

    /** Fields that are shown, and are unsure or missing, in the order of the form. */
    get doubts() {
        const { paths, line_paths: linePaths } = this.pane;
        const unsure = (path) => path && this.pane.evidence[path].confidence < SURE;
        const { partner_id: partner } = this.getRecord().data;
        const found = Object.keys(paths)
            .filter(
                (field) => unsure(this.pathsOf(field)[0]) || (field === "partner_id" && !partner)
            )
            .map((field) => ({ field, record: null }));
        for (const record of this.lines) {
            const { product_id: product, ignored, document_line: line } = record.data;
            for (const field of ignored ? [] : Object.keys(linePaths)) {
                const missing = field === "product_id" && !product;
                if (missing || (field !== "product_id" && unsure(this.pathsOf(field, line)[0]))) {
                    found.push({ field, record });
                }
            }
        }
        return found.filter((item) => this.cellOf(item));
    }

    /** Put the cursor into the next of them; after the last one comes the first. */
    focusDoubt() {
        const { doubts } = this;
        if (!doubts.length) {
            this.notification.add(_t("Nothing is left to check."), { type: "success" });
            return;
        }
        const at = doubts.findIndex(
            ({ field, record }) =>
                field === this.state.field && (!record || record.id === this.record?.id)
        );
        this.cellOf(doubts[(at + 1) % doubts.length]).focus();
    }

    // how words get into a field

    /**
     * Put words into a field, as a value of its type. Words of several rows that are meant for a
     * cell of the lines go into the cells below it as well.
     *
     * @param {Object} place `text`, and `page` with `bbox`, or `place`; `rows` if it has several
     * @param {Object} [target] the field in focus
     */
    async fill(place, target = this.target) {
        if (!target) {
            this.notification.add(
                _t("Choose a field first, then click the words that belong there.")
            );
            return;
        }
        // what is typed but not yet committed would be kept by the field, and win
        const pending = [];
        target.record.model.bus.trigger("NEED_LOCAL_CHANGES", { proms: pending });
        await Promise.all(pending);
        for (const cell of this.cellsFor(target, place)) {
            await this.fillOne(cell);
        }
    }

    cellsFor({ record, field, line }, { rows, ...place }) {
        if (!rows || line === null || record.fields[field].type === "text") {
            return [{ record, field, line, place }];
        }
        const first = this.lines.findIndex((item) => item.id === record.id);
        return this.lines.slice(first, first + rows.length).map((item, index) => ({
            record: item,
            field,
            line: item.data.document_line,
            place: rows[index],
        }));
    }

    async fillOne({ record, field, line, place }) {
        const value = await this.valueOf(record.fields[field], place.text);
        if (value === undefined) {
            const label = record.fields[field].string;
            this.notification.add(
                _t("“%(text)s” does not fit %(label)s.", { text: place.text, label }),
                { type: "warning" }
            );
            return;
        }
        await record.update({ [field]: value });
        const path = this.pathFor(field, line);
        if (path) {
            this.pane.evidence[path] = { confidence: 1, reader: "person", ...place };
            if (record.id === this.record?.id) {
                this.state.path = path;
            }
            await this.orm.silent.call("po.intake", "pick", [
                [this.getRecord().resId],
                path,
                place,
            ]);
        }
    }

    pathFor(field, line) {
        const table = line === null ? this.pane.paths : this.pane.line_paths;
        const path = table[field]?.[0];
        return path && (line === null ? path : line >= 0 ? `lines.${line}.${path}` : null);
    }

    async valueOf({ type, relation }, text) {
        if (type === "many2one") {
            const found = await this.orm.call(relation, "name_search", [], {
                name: text,
                limit: 2,
            });
            return found.length === 1 ? { id: found[0][0], display_name: found[0][1] } : undefined;
        }
        const { resId } = this.getRecord();
        const value = await this.orm.call("po.intake", "convert_printed", [[resId], type, text]);
        if (value === false) {
            return undefined;
        }
        if (type === "date") {
            return deserializeDate(value);
        }
        return type === "datetime" ? deserializeDateTime(value) : value;
    }
}
