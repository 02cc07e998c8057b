// Reads YAML documents from standard input, holds each strictly to Kubernetes's type of its kind,
// and prints them as one JSON array. Unknown fields, fields in the wrong case, duplicate keys and
// wrong types are errors, and so are kinds that the chart has no business with.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"k8s.io/apimachinery/pkg/util/yaml"
	gateway "sigs.k8s.io/gateway-api/apis/v1"
	strictjson "sigs.k8s.io/json"
	strictyaml "sigs.k8s.io/yaml"
)

var newObject = map[string]func() any{
	"apps/v1 StatefulSet":                     func() any { return &apps.StatefulSet{} },
	"gateway.networking.k8s.io/v1 HTTPRoute":  func() any { return &gateway.HTTPRoute{} },
	"monitoring.coreos.com/v1 PodMonitor":     func() any { return &monitoring.PodMonitor{} },
	"monitoring.coreos.com/v1 PrometheusRule": func() any { return &monitoring.PrometheusRule{} },
	"monitoring.coreos.com/v1 ServiceMonitor": func() any { return &monitoring.ServiceMonitor{} },
	"networking.k8s.io/v1 Ingress":            func() any { return &networking.Ingress{} },
	"networking.k8s.io/v1 NetworkPolicy":      func() any { return &networking.NetworkPolicy{} },
	"policy/v1 PodDisruptionBudget":           func() any { return &policy.PodDisruptionBudget{} },
	"v1 ConfigMap":                            func() any { return &core.ConfigMap{} },
	"v1 Pod":                                  func() any { return &core.Pod{} },
	"v1 Secret":                               func() any { return &core.Secret{} },
	"v1 Service":                              func() any { return &core.Service{} },
	"v1 ServiceAccount":                       func() any { return &core.ServiceAccount{} },
}

// check returns the document as JSON, or every way in which it is not its kind.
func check(document []byte) (json.RawMessage, error) {
	text, err := strictyaml.YAMLToJSONStrict(document)
	if err != nil {
		return nil, err
	}
	if string(text) == "null" {
		return nil, nil
	}
	var head struct {
		APIVersion string `json:"apiVersion"`
		Kind       string `json:"kind"`
		Metadata   struct {
			Name string `json:"name"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, err
	}
	kind := head.APIVersion + " " + head.Kind
	if newObject[kind] == nil {
		return nil, fmt.Errorf("%s %q: not a kind of this chart", kind, head.Metadata.Name)
	}
	mistakes, err := strictjson.UnmarshalStrict(text, newObject[kind]())
	if err := errors.Join(append(mistakes, err)...); err != nil {
		return nil, fmt.Errorf("%s %q: %w", kind, head.Metadata.Name, err)
	}
	return text, nil
}

func main() {
	documents := []json.RawMessage{}
	failed := false
	reader := yaml.NewYAMLReader(bufio.NewReader(os.Stdin))
	for {
		document, err := reader.Read()
		if err == io.EOF {
			break
		}
		var text json.RawMessage
		if err == nil {
			text, err = check(document)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "strict_types:", err)
			failed = true
		} else if text != nil {
			documents = append(documents, text)
		}
	}
	if failed {
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(documents); err != nil {
		fmt.Fprintln(os.Stderr, "strict_types:", err)
		os.Exit(1)
	}
}
