"""Holds manifests against schemas, strictly: an unknown field is an error.

    check.py [--crds DIR] FILE...

Kubernetes' own kinds by the package kubernetes-validate, which carries their schemas; the Prometheus operator's by the
schemas beside this file, which know only what we use, and with --crds by its real CustomResourceDefinitions as well.
Prints a line for each error, and ends with 1 where there is one.
"""

import json
import pathlib
import sys

import jsonschema
import kubernetes_validate
import yaml

KUBERNETES = "1.34"
OPERATOR = "monitoring.coreos.com/v1"
SCHEMAS = pathlib.Path(__file__).parent / "schemas"


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML as Kubernetes reads it: "=" is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in forms if tag != "tag:yaml.org,2002:value"]
    for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def closed(schema):
    """The same schema, with every object that names its fields closed to others."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if "properties" in made and isinstance(made["properties"], dict) and "additionalProperties" not in made:
        made["additionalProperties"] = False
    if made.get("x-kubernetes-int-or-string"):
        made.pop("type", None)
        made["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    return made


def crd_schemas(directory):
    schemas = {}
    for file in [pathlib.Path(directory, kind + "s.yaml") for kind in ("podmonitor", "prometheusrule")]:
        crd = yaml.load(file.read_text(), Loader)
        for version in crd["spec"]["versions"]:
            schema = dict(version["schema"]["openAPIV3Schema"])
            properties = dict(schema["properties"])
            properties["metadata"] = {"type": "object", "additionalProperties": True}
            schema["properties"] = properties
            schemas[f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"]] = closed(schema)
    return schemas


def own_schemas():
    return {(OPERATOR, file.stem): json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}


def errors(document, operator):
    kind = document.get("apiVersion"), document.get("kind")
    if kind[0] and kind[0].split("/")[0] == "monitoring.coreos.com":
        schemas = [known[kind] for known in operator if kind in known]
        if not schemas:
            yield f"no schema of {kind[0]} {kind[1]}"
        for schema in schemas:
            for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
                yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        return
    try:
        kubernetes_validate.validate(document, KUBERNETES, strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{'/'.join(map(str, error.path))}: {error.message}"
    except (kubernetes_validate.SchemaNotFoundError, kubernetes_validate.InvalidSchemaError, KeyError) as error:
        yield f"no schema of {kind[0]} {kind[1]}: {error}"


def main(arguments):
    operator = [own_schemas()]
    if arguments[:1] == ["--crds"]:
        operator.append(crd_schemas(arguments[1]))
        arguments = arguments[2:]
    failed = False
    for file in arguments:
        for document in yaml.load_all(pathlib.Path(file).read_text(), Loader):
            for error in errors(document, operator) if document else []:
                failed = True
                name = (document.get("metadata") or {}).get("name")
                print(f"{file}: {document.get('kind')} {name}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
