"""Holds a reply against an OpenAPI 3.1 description: the part of JSON Schema that bot/kiosk/openapi.json uses."""
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'null': type(None)}
KNOWN = {'$ref', 'type', 'enum', 'const', 'minimum', 'maximum', 'maxLength', 'maxItems', 'required', 'properties',
         'additionalProperties', 'items', 'anyOf', 'oneOf', 'description', 'examples', 'pattern'}


def resolve(api, node):
    while '$ref' in node:
        target = api
        for name in node['$ref'].removeprefix('#/').split('/'):
            target = target[name]
        node = target
    return node


def is_of(value, name):
    if name in ('integer', 'number'):
        return isinstance(value, int if name == 'integer' else (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def faults_in(api, schema, value, where):
    schema = resolve(api, schema)
    faults = ['%s: unknown keyword %s' % (where, name) for name in schema if name not in KNOWN]
    if 'oneOf' in schema:
        found = [one for one in schema['oneOf'] if not faults_in(api, one, value, where)]
        return faults if len(found) == 1 else ['%s: %d of oneOf hold' % (where, len(found))]
    types = schema.get('type', [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_of(value, name) for name in types):
        return ['%s: %r is no %s' % (where, value, ' or '.join(types))]
    if 'enum' in schema and value not in schema['enum']:
        faults.append('%s: %r is none of %s' % (where, value, schema['enum']))
    if is_of(value, 'number') and not schema.get('minimum', value) <= value <= schema.get('maximum', value):
        faults.append('%s: %r is out of range' % (where, value))
    if isinstance(value, str) and len(value) > schema.get('maxLength', len(value)):
        faults.append('%s: too long' % where)
    if isinstance(value, list):
        if len(value) > schema.get('maxItems', len(value)):
            faults.append('%s: too many' % where)
        for i, item in enumerate(value):
            faults += faults_in(api, schema.get('items', {}), item, '%s[%d]' % (where, i))
    if isinstance(value, dict):
        properties = schema.get('properties', {})
        faults += ['%s: no %s' % (where, name) for name in schema.get('required', []) if name not in value]
        for name, item in value.items():
            if name in properties:
                faults += faults_in(api, properties[name], item, where + '.' + name)
            elif schema.get('additionalProperties') is False:
                faults.append('%s: %s is not described' % (where, name))
    return faults


def operations(api):
    """(method, path, status) of each reply that is promised."""
    return {(method, path, status) for path, item in api['paths'].items() for method, operation in item.items()
            for status in operation['responses']}


def faults_of(api, method, path, body, reply):
    operation = api['paths'].get(path, {}).get(method.lower())
    if operation is None:
        return ['%s %s is not described' % (method, path)]
    response = operation['responses'].get(str(reply.status))
    if response is None:
        return ['%d is not described' % reply.status]
    response = resolve(api, response)
    kind = reply.header('content-type').split(';')[0]
    if kind not in response['content']:
        return ['type %s is not described' % kind]
    faults = []
    if kind == 'application/json':
        faults = faults_in(api, response['content'][kind]['schema'], reply.json(), 'reply')
    if method == 'POST' and 'requestBody' in operation:
        schema = operation['requestBody']['content']['application/json']['schema']
        wrong = faults_in(api, schema, body, 'request')
        if (reply.status == 200) != (not wrong) and reply.status in (200, 400):
            faults.append('the request is %s by its schema: %s' % ('wrong' if wrong else 'right', wrong))
    return faults
