import {
    Component,
    onWillStart,
    onWillUnmount,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";

import { useCommand } from "@web/core/commands/command_hook";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

import { AskClaude } from "./ask_claude";
import { SURE } from "./intake_desk";
import { inPhrases, inRows, PageView, placeOf } from "./page_view";
import { RowsView } from "./rows_view";

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
/** Tools for documents that have no pages. */
const PAGELESS = ["next", "take"];
/** As many words as somebody looks through. */
const OFFERED = 60;

/**
 * The document beside the fields: its pages with a box around every value that was read, or its
 * text where it has no pages. What the form has in focus is lit here, and words that are clicked
 * or dragged over go into it.
 */
export class DocumentPane extends Component {
    static template = "po_intake.DocumentPane";
    static components = { AskClaude, PageView, RowsView };
    static props = ["threadId", "threadModel"];

    setup() {
        this.orm = useService("orm");
        this.command = useService("command");
        this.desk = this.env.intakeDesk;
        this.scroller = useRef("scroller");
        this.bar = useRef("bar");
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
        for (const { name, label, hotkey, run } of this.tools) {
            // Odoo's own data-hotkey would take the focus away from the field
            useCommand(label, run, {
                category: "smart_action",
                hotkey: `alt+${hotkey}`,
                hotkeyOptions: {
                    bypassEditableProtection: true,
                    withOverlay: () => this.bar.el?.querySelector(`[data-tool=${name}]`),
                },
            });
        }
    }

    /** The buttons of the bar: in Odoo's command palette and under its keys as well. */
    get tools() {
        return [
            {
                name: "next",
                label: _t("Next value to check"),
                icon: "fa-step-forward",
                hotkey: "w",
                run: () => this.desk.focusDoubt(),
            },
            {
                name: "take",
                label: _t("Take words of the document"),
                icon: "fa-i-cursor",
                hotkey: "r",
                run: () => this.offerWords(),
            },
            {
                name: "smaller",
                label: _t("Smaller"),
                icon: "fa-search-minus",
                hotkey: "l",
                run: () => this.zoom(-1),
            },
            {
                name: "fit",
                label: _t("Fit to width"),
                icon: "fa-arrows-h",
                hotkey: "f",
                run: () => this.fit(),
            },
            {
                name: "larger",
                label: _t("Larger"),
                icon: "fa-search-plus",
                hotkey: "z",
                run: () => this.zoom(1),
            },
            {
                name: "turn",
                label: _t("Turn"),
                icon: "fa-repeat",
                hotkey: "t",
                run: () => this.turn(),
            },
            {
                name: "boxes",
                label: _t("Show what was read"),
                icon: "fa-object-group",
                hotkey: "y",
                run: () => this.toggleBoxes(),
                pressed: () => this.state.boxes,
            },
        ];
    }

    /** A tool that offers something does so in Odoo's palette. */
    async onTool({ run }) {
        const config = await run();
        if (config) {
            this.command.openPalette(config);
        }
    }

    /** Those that make sense for the document that is shown. */
    get shownTools() {
        const hasPages = this.state.pane.pages.length;
        return hasPages ? this.tools : this.tools.filter(({ name }) => PAGELESS.includes(name));
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
                    item.confidence >= SURE
                        ? "sure"
                        : item.confidence >= 0.8
                          ? "unsure"
                          : "doubtful",
                title: `${this.desk.label(path)} · ${Math.round(100 * item.confidence)} %`,
            }));
    }

    /** Number of the page that takes most of the sight. */
    get pageInSight() {
        const frame = this.scroller.el.getBoundingClientRect();
        const shown = [...this.scroller.el.querySelectorAll("[data-page]")].map((page) => {
            const { top, bottom } = page.getBoundingClientRect();
            const height = Math.min(bottom, frame.bottom) - Math.max(top, frame.top);
            return { number: Number(page.dataset.page), height };
        });
        return shown.reduce((best, page) => (page.height > best.height ? page : best)).number;
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

    toggleBoxes() {
        this.state.boxes = !this.state.boxes;
    }

    /** The words of the document in Odoo's palette: typed at, and put into the field in focus. */
    async offerWords() {
        const { target } = this.desk;
        if (!target) {
            return this.desk.fill(null);
        }
        const places = await this.places();
        const provide = (env, { searchValue = "" }) =>
            places
                .filter(({ text }) => text.toLowerCase().includes(searchValue.toLowerCase()))
                .slice(0, OFFERED)
                .map((place) => ({
                    name: place.text,
                    action: () => {
                        this.desk.fill(place, target);
                    },
                }));
        return {
            providers: [{ provide }],
            configByNamespace: {
                default: { placeholder: this.desk.hint, emptyMessage: _t("No such words") },
            },
        };
    }

    /** Phrases and words of all pages, or all cells where there are no pages. */
    async places() {
        const { pages, rows } = this.state.pane;
        const words = await Promise.all(pages.map((_page, index) => this.loadWords(index + 1)));
        const read = words.flatMap((found, index) => {
            const phrases = inRows(found).flatMap(inPhrases);
            const single = phrases.filter((phrase) => phrase.length > 1).flat();
            return [...phrases, ...single.map((word) => [word])].map((part) =>
                placeOf(index + 1, part)
            );
        });
        const cells = rows.flat().map(([place, text]) => ({ place, text }));
        return [...read, ...cells].filter(({ text }) => text);
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
