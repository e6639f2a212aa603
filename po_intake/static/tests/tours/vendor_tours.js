import { registry } from "@web/core/registry";
import { openCard } from "./intake_tours";

const row = (what) => `.o_po_intake_change .o_data_row:contains(${what})`;

registry.category("web_tour.tours").add("po_intake_answer_vendor", {
    steps: () => [
        ...openCard("To review", "OC-77"),
        {
            content: "What differs is told on the card",
            trigger: ".o_po_intake_findings:contains(Differs from our order)",
        },
        {
            content: "Compare",
            trigger: "button[name=action_compare_order]",
            run: "click",
        },
        {
            content: "The day is acceptable",
            trigger: `${row("Delivery date")} .form-check-input:checked`,
        },
        {
            content: "The price is not",
            trigger: `${row("Price")} .form-check-input`,
            run: "click",
        },
        {
            trigger: `${row("Price")} .form-check-input:not(:checked)`,
        },
        {
            content: "Tell the vendor",
            trigger: "button[name=action_answer]",
            run: "click",
        },
        {
            content: "The mail says what was ordered and what was confirmed",
            trigger: ".modal .o_field_html:contains(43.00)",
        },
        {
            content: "Send",
            trigger: ".modal button[name=action_reject]:contains(Send)",
            run: "click",
        },
        {
            content: "The card is done",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Done)",
        },
    ],
});
