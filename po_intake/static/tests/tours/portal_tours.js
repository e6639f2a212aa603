import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";

const order = () => [new File(["portal order"], "order.txt", { type: "text/plain" })];

registry.category("web_tour.tours").add("po_intake_portal_upload", {
    steps: () => [
        {
            content: "The customer's home page leads to the orders that were sent",
            trigger: "a[href='/my/sent-orders']:contains(Purchase orders sent)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What came by mail is there, with where it is",
            trigger: "tr:contains(PO-1001) .badge:contains(Reserved)",
        },
        {
            content: "Send a new one",
            trigger: "input[name=files]",
            async run() {
                await inputFiles("input[name=files]", order());
            },
        },
        {
            trigger: "form[action='/my/sent-orders/upload'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It has arrived",
            trigger: "h3:contains(order.txt)",
        },
        {
            trigger: ".badge:contains(Received)",
        },
    ],
});

registry.category("web_tour.tours").add("po_intake_portal_answer", {
    steps: () => [
        {
            trigger: "tr .badge:contains(Being checked)",
        },
        {
            trigger: "tr:contains(Being checked) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Somebody asks",
            trigger: ".o_po_intake_message:contains(Which size?)",
        },
        {
            trigger: "textarea[name=text]",
            run: "edit Size 9, please",
        },
        {
            trigger: "form[action$='/answer'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_po_intake_message:contains(Size 9, please)",
        },
    ],
});
