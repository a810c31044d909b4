package main

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// The messages and enums that a message can hold, as test/schema/shape.ts describes them.
type shape struct {
	Messages map[string]messageShape `json:"messages"`
	Enums    map[string]enumShape    `json:"enums"`
}

type messageShape struct {
	Deprecated bool         `json:"deprecated"`
	Fields     []fieldShape `json:"fields"`
}

type fieldShape struct {
	Number     int    `json:"number"`
	Name       string `json:"name"`
	JSONName   string `json:"jsonName"`
	Kind       string `json:"kind"`
	Type       string `json:"type"`
	KeyType    string `json:"keyType,omitempty"`
	ValueType  string `json:"valueType,omitempty"`
	ValueKind  string `json:"valueKind,omitempty"`
	Label      string `json:"label"`
	Oneof      string `json:"oneof,omitempty"`
	Deprecated bool   `json:"deprecated"`
}

type enumShape struct {
	Deprecated bool        `json:"deprecated"`
	Values     []enumValue `json:"values"`
}

type enumValue struct {
	Name   string `json:"name"`
	Number int    `json:"number"`
}

// The shape of the message with this full name.
func schema(root string) (any, error) {
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(root))
	if err != nil {
		return nil, err
	}
	message, ok := found.(protoreflect.MessageDescriptor)
	if !ok {
		return nil, fmt.Errorf("%s is no message", root)
	}
	all := shape{Messages: map[string]messageShape{}, Enums: map[string]enumShape{}}
	all.add(message)
	return all, nil
}

func (s *shape) add(message protoreflect.MessageDescriptor) {
	name := string(message.FullName())
	if _, known := s.Messages[name]; known {
		return
	}
	own := messageShape{Deprecated: isDeprecated(message)}
	s.Messages[name] = own
	for i := range message.Fields().Len() {
		field := message.Fields().Get(i)
		own.Fields = append(own.Fields, fieldOf(field))
		held := field
		if field.IsMap() {
			held = field.MapValue()
		}
		if held.Message() != nil {
			s.add(held.Message())
		}
		if held.Enum() != nil {
			s.Enums[string(held.Enum().FullName())] = enumOf(held.Enum())
		}
	}
	s.Messages[name] = own
}

func fieldOf(field protoreflect.FieldDescriptor) fieldShape {
	own := fieldShape{
		Number:     int(field.Number()),
		Name:       string(field.Name()),
		JSONName:   field.JSONName(),
		Label:      "singular",
		Deprecated: isDeprecated(field),
	}
	if field.IsMap() {
		own.Kind, own.Type = "map", "map"
		_, own.KeyType = typeOf(field.MapKey())
		own.ValueKind, own.ValueType = typeOf(field.MapValue())
	} else {
		own.Kind, own.Type = typeOf(field)
	}
	if field.IsList() {
		own.Label = "repeated"
	} else if field.HasOptionalKeyword() {
		own.Label = "optional"
	}
	if oneof := field.ContainingOneof(); oneof != nil && !oneof.IsSynthetic() {
		own.Oneof = string(oneof.Name())
	}
	return own
}

// The kind and the name of a field's type, or of the type of each of its values.
func typeOf(field protoreflect.FieldDescriptor) (kind, name string) {
	switch {
	case field.Message() != nil:
		return "message", string(field.Message().FullName())
	case field.Enum() != nil:
		return "enum", string(field.Enum().FullName())
	}
	return "scalar", field.Kind().String()
}

func enumOf(enum protoreflect.EnumDescriptor) enumShape {
	own := enumShape{Deprecated: isDeprecated(enum)}
	for i := range enum.Values().Len() {
		value := enum.Values().Get(i)
		own.Values = append(own.Values, enumValue{string(value.Name()), int(value.Number())})
	}
	return own
}

func isDeprecated(declaration protoreflect.Descriptor) bool {
	switch options := declaration.Options().(type) {
	case *descriptorpb.MessageOptions:
		return options.GetDeprecated()
	case *descriptorpb.FieldOptions:
		return options.GetDeprecated()
	case *descriptorpb.EnumOptions:
		return options.GetDeprecated()
	}
	return false
}
