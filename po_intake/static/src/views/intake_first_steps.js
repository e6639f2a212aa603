import { Component, onMounted, useState } from "@odoo/owl";

import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const MODEL = "po.intake.first.steps";

/** What a manager sets up first, above the board, until it is done or closed. */
export class IntakeFirstSteps extends Component {
    static template = "po_intake.FirstSteps";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ steps: [] });
        onMounted(async () => {
            if (await user.hasGroup("po_intake.group_po_intake_manager")) {
                await this.load();
            }
        });
    }

    async load() {
        this.state.steps = await this.orm.silent.call(MODEL, "read_steps");
    }

    get doneCount() {
        return this.state.steps.filter((step) => step.done).length;
    }

    async open({ id }) {
        const action = await this.orm.call(MODEL, "open_step", [id]);
        await this.action.doAction(action, { onClose: () => this.load() });
        await this.load();
    }

    async skip({ id }) {
        await this.orm.call(MODEL, "skip_step", [id]);
        await this.load();
    }

    async close() {
        await this.orm.call(MODEL, "close");
        this.state.steps = [];
    }
}
