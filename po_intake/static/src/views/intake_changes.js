import { onWillUnmount } from "@odoo/owl";

import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

const PAUSE = 1000;

/**
 * Calls back when intakes were created or changed their state, at most once a second.
 *
 * @param {(ids: number[]) => void} callback
 */
export function useIntakeChanges(callback) {
    const bus = useService("bus_service");
    let ids = [];
    let timer = null;
    const onChange = (payload) => {
        ids.push(...payload.ids);
        timer ??= browser.setTimeout(() => {
            const changed = ids;
            ids = [];
            timer = null;
            callback(changed);
        }, PAUSE);
    };
    bus.subscribe("po_intake/changed", onChange);
    onWillUnmount(() => {
        bus.unsubscribe("po_intake/changed", onChange);
        browser.clearTimeout(timer);
    });
}
