"""Who gets what: every route, every method it answers, every role, every relation to the record.

A cell is one status for all four roles, or readonly/others, or one for each in the order of ROLES.
Who is not signed in is sent to sign in, except where OPEN says otherwise; a method that has no row
is answered 405 (HEAD and OPTIONS apart).

The relation is to the contact (or the import, the change, the job) that the address names: my own
and hidden from others; somebody else's and public; somebody else's 'only me'; in the trash.
"""

# route, method: one cell.
PLAIN = """
contacts:alike             GET   403/200
contacts:cities            GET   403/403/403/200
contacts:cities-merge      POST  403/403/403/302
contacts:city              GET   403/403/403/200
contacts:city              POST  403/403/403/422
contacts:bulk              GET   403/403/302/302
contacts:bulk              POST  403/403/302/302
contacts:managers          GET   403/403/200/200
contacts:managers          POST  403/403/422/422
contacts:columns           GET   200
contacts:filters           GET   200
contacts:empty-trash       GET   403/403/403/200
contacts:empty-trash       POST  403/403/403/302
contacts:export            GET   403/403/200/200
contacts:export            POST  403/403/200/200
contacts:home              GET   302
contacts:labels            GET   403/403/200/200
contacts:labels            POST  403/403/200/200
contacts:list              GET   200
contacts:new               GET   403/200
contacts:new               POST  403/422
contacts:options           GET   200
contacts:palette           GET   200
contacts:prospects         GET   200
contacts:prospects-convert POST  403/302
contacts:prospects-columns GET   200
contacts:prospects-filters GET   200
contacts:prospects-export  GET   403/403/200/200
contacts:prospects-export  POST  403/403/200/200
contacts:prospects-labels  GET   403/403/200/200
contacts:prospects-labels  POST  403/403/200/200
contacts:prospects-new     GET   403/200
contacts:prospects-new     POST  403/422
contacts:prospects-quick   GET   403/200
contacts:prospects-quick   POST  403/422
contacts:quick             GET   403/200
contacts:quick             POST  403/422
contacts:restore-many      POST  403/403/302/302
contacts:trash             GET   200
contacts:trash-many        POST  403/403/302/302
jobs:list                  GET   200
jobs:seen                  POST  302
setup:field                GET   403/403/403/200
setup:field                POST  403/403/403/302
setup:field-archive        GET   403/403/403/200
setup:field-archive        POST  403/403/403/302
setup:field-move           POST  403/403/403/404
setup:field-new            GET   403/403/403/200
setup:field-new            POST  403/403/403/200
setup:field-restore        POST  403/403/403/302
setup:fields               GET   403/403/403/200
setup:section              GET   403/403/403/200
setup:section              POST  403/403/403/302
setup:section-move         POST  403/403/403/404
setup:section-new          GET   403/403/403/200
setup:section-new          POST  403/403/403/422
setup:section-remove       POST  403/403/403/400
setup:company              GET   403/403/403/200
setup:company              POST  403/403/403/302
setup:logo                 GET   404
setup:numbers              GET   403/403/403/200
setup:numbers              POST  403/403/403/422
setup:list                 GET   403/403/403/200
setup:lists                GET   403/403/403/200
setup:list-who             GET   403/403/403/200
setup:list-who             POST  403/403/403/422
setup:option               GET   403/403/403/200
setup:option               POST  403/403/403/422
setup:option-move          POST  403/403/403/404
setup:option-new           GET   403/403/403/200
setup:option-new           POST  403/403/403/422
setup:options-archive      POST  403/403/403/302
setup:options-delete       POST  403/403/403/404
setup:options-merge        POST  403/403/403/404
setup:options-paste        GET   403/403/403/200
setup:options-paste        POST  403/403/403/422
setup:options-restore      POST  403/403/403/302
setup:options-sort         POST  403/403/403/302
setup:password             GET   302
setup:password             POST  422
setup:profile              GET   200
setup:profile              POST  422
setup:division             GET   403/403/403/200
setup:division             POST  403/403/403/422
setup:division-new         GET   403/403/403/200
setup:division-new         POST  403/403/403/422
setup:division-remove      POST  403/403/403/302
setup:divisions            GET   403/403/403/200
setup:team                 GET   403/403/403/200
setup:team                 POST  403/403/403/422
setup:team-new             GET   403/403/403/200
setup:team-new             POST  403/403/403/422
setup:team-remove          POST  403/403/403/302
setup:teams                GET   403/403/403/200
setup:role                 GET   403/403/403/200
setup:role                 POST  403/403/403/422
setup:role-new             GET   403/403/403/200
setup:role-new             POST  403/403/403/422
setup:role-remove          POST  403/403/403/302
setup:role-reset           POST  403/403/403/400
setup:roles                GET   403/403/403/200
setup:settings             GET   403/403/200/200
setup:sign-in              GET   302
setup:sign-in              POST  422
setup:sign-out             POST  302
setup:sign-out-everywhere  POST  302
setup:still                GET   200
setup:invitation           GET   404
setup:invitation           POST  404
setup:security             GET   403/403/403/200
setup:user-invite          POST  403/403/403/200
setup:why                  GET   403/403/403/200
setup:user                 GET   403/403/403/200
setup:user                 POST  403/403/403/422
setup:user-deactivate      GET   403/403/403/200
setup:user-deactivate      POST  403/403/403/302
setup:user-new             GET   403/403/403/200
setup:user-new             POST  403/403/403/422
setup:user-password        POST  403/403/403/200
setup:user-reactivate      POST  403/403/403/302
setup:user-sessions        POST  403/403/403/302
setup:users                GET   403/403/403/200
transfer:exports           GET   403/403/200/200
transfer:list              GET   403/200
transfer:template          GET   403/200
transfer:new               GET   403/200
transfer:new               POST  403/422
views:columns              POST  302
views:first                POST  302
views:new                  GET   200
views:new                  POST  422
views:tabs                 GET   200
views:tabs                 POST  302
views:widths               POST  204
web:appearance             POST  302
"""

# route, method: own, public, hidden, trashed.
BY_RELATION = """
contacts:card        GET   200              200              404      404
contacts:convert     GET   403/404          403/404          403/404  403/404
contacts:convert     POST  403/404          403/404          403/404  403/404
contacts:customer    GET   403/200          403/200          403/404  403/404
contacts:customer    POST  403/302          403/302          403/404  403/404
contacts:delete      GET   403/403/200/200  403/403/200/200  403/403/404/404  403/403/404/404
contacts:delete      POST  403/403/302/302  403/403/302/302  403/403/404/404  403/403/404/404
contacts:edit        GET   403/200          403/200          403/404  403/404
contacts:edit        POST  403/302          403/302          403/404  403/404
contacts:fact        GET   403/302          403/302          403/404  403/404
contacts:fact        POST  403/302          403/302          403/404  403/404
contacts:history     GET   302              302              302      302
contacts:link        GET   403/200          403/200          403/404  403/404
contacts:link        POST  403/302          403/302          403/404  403/404
contacts:links       GET   403/200          403/200          403/404  403/404
contacts:links       POST  403/422          403/422          403/404  403/404
contacts:more-links  GET   200              200              404      404
contacts:past        GET   200              200              404      404
contacts:past        POST  403/422          403/422          403/404  403/404
contacts:picture     GET   403/200          403/200          403/404  403/404
contacts:picture     POST  403/422          403/422          403/404  403/404
contacts:picture-file GET  404              404              404      404
contacts:reveal      POST  403/403/404/404  403/403/404/404  404      404
contacts:site        GET   403/200          403/200          403/404  403/404
contacts:site        POST  403/302          403/302          403/404  403/404
contacts:site-main   POST  403/302          403/302          403/404  403/404
contacts:site-remove GET   403/200          403/200          403/404  403/404
contacts:site-remove POST  403/302          403/302          403/404  403/404
contacts:sites       GET   403/200          403/200          403/404  403/404
contacts:sites       POST  403/422          403/422          403/404  403/404
contacts:undo        GET   403/200          403/404/200/200  403/404  403/404/200/200
contacts:undo        POST  403/302          403/404/302/302  403/404  403/404/302/302
contacts:unlink      GET   403/200          403/200          403/404  403/404
contacts:unlink      POST  403/302          403/302          403/404  403/404
contacts:vendor      GET   403/200          403/200          403/404  403/404
contacts:vendor      POST  403/302          403/302          403/404  403/404
jobs:cancel          POST  302              404              404      404
jobs:open            POST  302              404              404      404
transfer:columns     GET   403/200          404              404      404
transfer:columns     POST  403/302          404              404      404
transfer:field       GET   403/403/403/200  404              404      404
transfer:field       POST  403/403/403/422  404              404      404
transfer:discard     POST  403/302          404              404      404
transfer:progress    GET   403/302          404              404      404
transfer:result      GET   403/400          404              404      404
transfer:row         GET   403/302          404              404      404
transfer:row         POST  403/302          404              404      404
transfer:run         POST  403/400          404              404      404
transfer:export          GET   403/403/200/200 404 404 404
transfer:export-discard  POST  403/403/302/302 404 404 404
transfer:export-file     GET   403/403/400/400 404 404 404
transfer:export-progress GET   403/403/200/200 404 404 404
transfer:export-stop     POST  403/403/302/302 404 404 404
transfer:profile     POST  403/400          404              404      404
transfer:sheet       POST  403/400          404              404      404
transfer:show        GET   403/302          404              404      404
transfer:shut        POST  403/302          404              404      404
transfer:spell       POST  403/302          404              404      404
transfer:stop        POST  403/302          404              404      404
transfer:back        POST  403/400          404              404      404
transfer:undo        POST  403/400          404              404      404
views:copy           POST  302              302              404      404
views:delete         POST  302              403/403/302/302  404      404
views:save           POST  302              403/403/302/302  404      404
views:view           GET   200              403/403/200/200  404      404
views:view           POST  422              403/403/422/422  404      404
"""

# What one may ask for without having signed in.
OPEN = {"setup:invitation", "setup:logo", "setup:sign-in", "setup:still"}

RELATIONS = ("own", "public", "hidden", "trashed")
ROLES = ("readonly", "agent", "manager", "administrator")


def rows() -> dict[tuple[str, str, str], dict[str, int]]:
    """(route, method, relation): {role: status}; the relation is "" where there is none."""
    found = {}
    for route, method, cell in (line.split() for line in PLAIN.strip().splitlines()):
        found[route, method, ""] = _statuses(cell)
    for route, method, *cells in (line.split() for line in BY_RELATION.strip().splitlines()):
        for relation, cell in zip(RELATIONS, cells, strict=True):
            found[route, method, relation] = _statuses(cell)
    return found


def _statuses(cell: str) -> dict[str, int]:
    numbers = [int(number) for number in cell.split("/")]
    many = {1: numbers * 4, 2: numbers[:1] + numbers[1:] * 3, 4: numbers}[len(numbers)]
    return dict(zip(ROLES, many, strict=True))
