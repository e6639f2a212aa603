import { _t } from "@web/core/l10n/translation";
import { formatFloat, formatMonetary } from "@web/views/fields/formatters";

/** What people see of the products that a line may mean, best first. */
export function describeCandidates(record, name = "candidates") {
    const { currency_id: currency, product_id: product } = record.data;
    return (record.data[name] || []).map((item) => ({
        ...item,
        chosen: product && product.id === item.id,
        percent: `${Math.round(100 * item.score)} %`,
        priceText:
            item.price === undefined
                ? ""
                : formatMonetary(item.price, { currencyId: currency && currency.id }),
        stockText: stockText(item),
    }));
}

function stockText({ free, forecast, uom, date }) {
    if (free === undefined) {
        return "";
    }
    const round = (quantity) => formatFloat(quantity, { trailingZeros: false });
    return _t("%(free)s %(unit)s free, %(forecast)s on %(date)s", {
        free: round(free),
        unit: uom,
        forecast: round(forecast),
        date,
    });
}
