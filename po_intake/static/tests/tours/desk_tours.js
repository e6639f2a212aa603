import { registry } from "@web/core/registry";

import { openCard } from "./intake_tours";

const line = (number) => `.o_po_intake_lines .o_data_row:nth-child(${number})`;

/** The middle of an element, as an event of the pointer tells it. */
function middle(element) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
}

/** Choose an action of the cog. */
const act = (name) => [
    {
        trigger: ".o_cp_action_menus .dropdown-toggle",
        run: "click",
    },
    {
        content: name,
        trigger: `.o-dropdown--menu .o_menu_item:contains("${name}")`,
        run: "click",
    },
];

/** What saves clicks: keys for all of it, and a column of the page at one go. */
registry.category("web_tour.tours").add("po_intake_desk", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            trigger: ".o_po_intake_page img",
            run: "press Alt+w",
        },
        {
            content: "What is missing has the cursor",
            trigger: `${line(2)}.o_selected_row [name=product_id] input:focus`,
            run: "press Escape",
        },
        {
            content: "A field, and words of the document for it",
            trigger: ".o_field_widget[name=order_reference] input",
            run: "edit mistyped && press Alt+r",
        },
        {
            trigger: ".o_command_palette input",
            run: "edit PO-10",
        },
        {
            trigger: ".o_command.focused:contains(PO-1001)",
        },
        {
            trigger: ".o_command_palette input",
            run: "press Enter",
        },
        {
            trigger: ".o_field_widget[name=order_reference] input:value(PO-1001)",
        },
        {
            content: "The first quantity of the lines",
            trigger: `${line(1)} td[name=quantity]`,
            run: "click",
        },
        {
            trigger: `${line(1)}.o_selected_row [name=quantity] input:focus`,
        },
        {
            trigger: ".o_po_intake_page",
            run: "hover",
        },
        {
            content: "Drag down its column on the page",
            trigger: '.o_po_intake_word[title="5"]',
            run() {
                const last = document.querySelector('.o_po_intake_word[title="10"]');
                this.anchor.dispatchEvent(new PointerEvent("pointerdown", middle(this.anchor)));
                last.dispatchEvent(new PointerEvent("pointermove", middle(last)));
                last.dispatchEvent(new PointerEvent("pointerup", middle(last)));
            },
        },
        {
            trigger: `${line(1)} [name=quantity] input:value(5.00)`,
        },
        {
            content: "The line below has its own",
            trigger: `${line(2)} td[name=quantity]:contains(10.00)`,
            run: "press Control+k",
        },
        {
            content: "The tools are in Odoo's palette, with their keys",
            trigger: ".o_command:contains(Next value to check):contains(ALT):contains(W)",
        },
        {
            trigger: ".o_command:contains(Approve and next)",
        },
        {
            trigger: ".o_command_palette input",
            run: "press Escape",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

/** What is done to a card beside approving it. */
registry.category("web_tour.tours").add("po_intake_rework", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            content: "The second line comes first",
            trigger: `${line(2)} .o_row_handle`,
            run: `drag_and_drop(${line(1)})`,
        },
        {
            trigger: `${line(1)}:contains(Something round)`,
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        ...act("Add a File"),
        {
            trigger: ".modal [name=attachment_id] input",
            run: "edit more",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(more.txt)",
            run: "click",
        },
        {
            trigger: ".modal footer button[name=action_add]",
            run: "click",
        },
        {
            content: "Its line is one of the order",
            trigger: `body:not(:has(.modal)) ${line(3)}:contains(Sealing ring)`,
        },
        ...act("Split Off an Order"),
        {
            trigger: ".modal .o_field_many2many_checkboxes .form-check:contains(Sealing) input",
            run: "click",
        },
        {
            trigger: ".modal footer button[name=action_split]",
            run: "click",
        },
        {
            content: "The new card has that line alone",
            trigger: `body:not(:has(.modal)) .o_po_intake_lines:not(:contains(Hex)) .o_data_row:contains(Sealing ring)`,
        },
        ...act("Mark as Duplicate of"),
        {
            content: "The card that it came of",
            trigger: ".modal [name=duplicate_of_id] input:value(PO-1001)",
        },
        {
            trigger: ".modal footer button[name=action_reject]:contains(Reject)",
            run: "click",
        },
        {
            trigger: ".o_arrow_button_current:contains(Rejected)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_phone_lines", {
    steps: () => [
        ...openCard("To review", "PO-1001"),
        {
            content: "Split a line with a tap",
            trigger:
                ".o_po_intake_lines .o_kanban_record:contains(Hex bolt) button[name=action_split]",
            run: "click",
        },
        {
            trigger: ".modal button[name=action_split]",
            run: "click",
        },
        {
            content: "Two lines of the bolt: make them one again",
            trigger: ".o_po_intake_lines .o_kanban_record:nth-child(2) button[name=action_merge]",
            run: "click",
        },
        {
            trigger: ".o_po_intake_lines .o_kanban_record:nth-child(2):contains(Sealing ring)",
        },
    ],
});

/** One card after the other, until nothing waits. */
registry.category("web_tour.tours").add("po_intake_approve_next", {
    steps: () => [
        ...openCard("To review", "PO-2"),
        {
            trigger: "button[name=action_approve_next]",
            run: "click",
        },
        {
            content: "The next card that waits, not the one that is done",
            trigger: ".o_field_widget[name=order_reference] input:value(PO-3)",
        },
        {
            trigger: "button[name=action_approve_next]",
            run: "click",
        },
        {
            content: "Nothing is left",
            trigger: ".o_po_intake_board .o_kanban_group:contains(Done) .o_kanban_record:eq(2)",
        },
    ],
});
