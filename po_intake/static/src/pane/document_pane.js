import {
    Component,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { PageView } from "./page_view";
import { RowsView } from "./rows_view";

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/**
 * The document beside the fields: its pages with a box around every value that was read, or its
 * text where it has no pages. What the form has in focus is lit here, and words that are clicked
 * or dragged over go into it.
 */
export class DocumentPane extends Component {
    static template = "po_intake.DocumentPane";
    static components = { PageView, RowsView };
    static props = ["threadId", "threadModel"];

    setup() {
        this.orm = useService("orm");
        this.desk = this.env.intakeDesk;
        this.scroller = useRef("scroller");
        this.state = useState({
            pane: null,
            zoom: 1,
            turn: 0,
            boxes: true,
        });
        this.focus = useState(this.desk.state);
        onWillStart(() => this.load(this.props.threadId));
        onWillUpdateProps((props) => {
            if (props.threadId !== this.props.threadId) {
                return this.load(props.threadId);
            }
        });
        useEffect(
            () => this.showLit(),
            () => [this.focus.path, this.focus.line, this.state.pane]
        );
        const reload = () => this.load(this.props.threadId);
        this.desk.bus.addEventListener("reload", reload);
        onWillUnmount(() => this.desk.bus.removeEventListener("reload", reload));
    }

    async load(resId) {
        if (resId) {
            this.state.pane = await this.orm.call("po.intake", "get_pane", [[resId]]);
            this.desk.setPane(this.state.pane);
        }
    }

    get pageViews() {
        return this.state.pane.pages.map(([width, height], index) => ({
            number: index + 1,
            width,
            height,
            src: `/po_intake/page/${this.props.threadId}/${index + 1}?zoom=${
                this.state.zoom > 1 ? 3 : 2
            }&digest=${this.state.pane.digest}`,
        }));
    }

    /** Evidence that can be drawn, each with what it belongs to and whether it is in focus. */
    get marks() {
        const { evidence } = this.state.pane;
        const lit = new Set(this.desk.litPaths(this.focus));
        return Object.entries(evidence)
            .filter(([path, item]) => (item.bbox || item.place) && this.desk.fieldOf(path))
            .map(([path, item]) => ({
                ...item,
                path,
                lit: lit.has(path),
                level:
                    item.confidence >= 0.95
                        ? "sure"
                        : item.confidence >= 0.8
                          ? "unsure"
                          : "doubtful",
                title: `${this.desk.label(path)} · ${Math.round(100 * item.confidence)} %`,
            }));
    }

    get loadWords() {
        return (number) =>
            this.orm.silent.call("po.intake", "get_page_words", [[this.props.threadId], number]);
    }

    get nothing() {
        if (this.state.pane.error) {
            return _t("The document cannot be shown: %s", this.state.pane.error);
        }
        return _t("There is no document to show.");
    }

    /** Words go into the field in focus; without one, the box's own field is brought into focus. */
    onWords(place, mark) {
        if (!this.focus.target && mark) {
            this.desk.focusField(mark.path);
        } else if (place) {
            this.desk.fill(place);
        }
    }

    zoom(step) {
        const at = ZOOMS.findIndex((value) => value >= this.state.zoom);
        this.state.zoom = ZOOMS[Math.min(Math.max(at + step, 0), ZOOMS.length - 1)];
    }

    fit() {
        this.state.zoom = 1;
        this.state.turn = 0;
    }

    turn() {
        this.state.turn = (this.state.turn + 90) % 360;
    }

    /** Bring what is in focus into sight, without moving anything else. */
    showLit() {
        const box = this.scroller.el?.querySelector(".o_po_intake_lit");
        if (!box) {
            return;
        }
        const frame = this.scroller.el.getBoundingClientRect();
        const { top, bottom, left, right } = box.getBoundingClientRect();
        if (top < frame.top || bottom > frame.bottom || left < frame.left || right > frame.right) {
            this.scroller.el.scrollBy({
                top: (top + bottom) / 2 - (frame.top + frame.bottom) / 2,
                left: left < frame.left || right > frame.right ? left - frame.left - 20 : 0,
                behavior: "smooth",
            });
        }
    }
}
