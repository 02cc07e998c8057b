"""The variables at the top of a dashboard."""

from source import queries as q
from source.text import Text

ALL = {"selected": True, "text": ["All"], "value": ["$__all"]}


def datasource():
    return {"name": "datasource", "type": "datasource", "query": "prometheus", "regex": "",
            "label": Text("Data source", "数据源"), "hide": 0, "refresh": 1, "current": {},
            "options": [], "multi": False, "includeAll": False, "skipUrlSync": False}


def query_variable(name, label, query, *, several=True, regex="", current=None, all_value=".*", hide=0):
    """Several: All and any number of values; else exactly one. All stands for whatever there is, or
    without `all_value` for the values that are offered."""
    return {"name": name, "type": "query", "label": label, "hide": hide, "skipUrlSync": False,
            "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "definition": query, "query": {"query": query, "refId": name}, "regex": regex,
            "refresh": 2, "sort": 1, "multi": several, "includeAll": several,
            "allValue": all_value if several else None,
            "current": ALL if several else (current or {}), "options": []}


def choice(name, label, options):
    """One of fixed values, given as (shown, value); the first is the default."""
    return {"name": name, "type": "custom", "label": label, "hide": 0, "skipUrlSync": False,
            "multi": False, "includeAll": False,
            "query": sum_texts([shown + " : " + value for shown, value in options]),
            "current": {"selected": True, "text": options[0][0], "value": options[0][1]},
            "options": [{"selected": number == 0, "text": shown, "value": value}
                        for number, (shown, value) in enumerate(options)]}


def sum_texts(texts):
    result = texts[0]
    for text in texts[1:]:
        result = result + "," + text
    return result


# Of the exporter alone: `up` and its like are known of everything that Prometheus scrapes.
def job():
    return query_variable("job", Text("Job", "任务"), "label_values(cloud_billing_build_info, job)",
                          all_value=None)


def instance():
    return query_variable("instance", Text("Instance", "实例"),
                          f"label_values(cloud_billing_build_info{{{q.JOB}}}, instance)",
                          all_value=None)


def provider():
    return query_variable("provider", Text("Provider", "云厂商"),
                          f"label_values(cloud_billing_collector_up{{{q.JOB}}}, provider)")


def label():
    """One of the labels that the accounts have, their own ones too. `account` is always there, so that a
    choice of any value changes nothing where accounts have no labels of their own."""
    known = "collector, job, instance, provider, __name__"
    return query_variable(
        "label", Text("Account label", "账号标签"),
        f"query_result(group without ({known}) (cloud_billing_collector_up{{{q.PROVIDER}}}) "
        'or label_replace(vector(1), "account", "-", "", ""))',
        several=False, regex='/[{,](\\w+)="/g', current={"selected": True, "text": "account", "value": "account"})


def label_value():
    return query_variable("label_value", Text("Its value", "标签值"),
                          f"label_values(cloud_billing_collector_up{{{q.PROVIDER}}}, $label)")


def account(several=True):
    return query_variable("account", Text("Account", "账号"), "label_values(cloud_billing_collector_up{"
                          + q.PROVIDER + ",${label}=~`${label_value:regex}`}, account)", several=several)


def currency():
    families = "cloud_billing_available_balance|cloud_billing_account_billed_cost"
    return query_variable("currency", Text("Currency", "币种"),
                          f'label_values({{__name__=~"{families}",{q.ACCOUNT}}}, currency)')


def of_groups(name, label, of, families):
    return query_variable(name, label, f'label_values({{__name__=~"{families}",{q.ACCOUNT}}}, {of})')


def service():
    return of_groups("service", Text("Service", "产品"), "service_type",
                     "cloud_billing_day_billed_cost|cloud_billing_billed_cost")


def region():
    return of_groups("region", Text("Region", "地域"), "region_id", "cloud_billing_billed_cost")


def largest_services():
    """Hidden: which services have a colour of their own in charts over time."""
    return query_variable("largest", "", f"query_result({q.largest_services(8)})",
                          regex='/service_type="([^"]*)"/', all_value=None, hide=2)


def tag_key():
    return query_variable(
        "tag_key", Text("Tag key", "标签键"),
        f"label_values(cloud_billing_billed_cost_by_tag{{{q.ACCOUNT}}}, tag_key)", several=False)


def measure():
    return query_variable(
        "measure", Text("Measure", "计量"), "metrics(cloud_billing_account_.+)", several=False,
        regex="/^cloud_billing_account_(.+_(?:cost|amount))$/",
        current={"selected": True, "text": "billed_cost", "value": "billed_cost"})


def period():
    return choice("period", Text("Billing month", "账期"),
                  [(Text("Current", "本月"), "current"), (Text("Previous", "上月"), "previous")])
