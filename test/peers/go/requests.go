package main

import (
	"encoding/json"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
)

func normalize(numbers []string) any {
	normal := make([]string, len(numbers))
	for i, number := range numbers {
		normal[i] = livekit.NormalizeNumber(number)
	}
	return normal
}

type readAnswer struct {
	// Refused is protojson's error for a text that `lk` does not read.
	Refused string `json:"refused,omitempty"`
	// Invalid is the error of Validate.
	Invalid string `json:"invalid,omitempty"`
	// Info is the rule that the server stores.
	Info json.RawMessage `json:"info,omitempty"`
}

// As `lk` reads a file: unknown fields refused, both spellings taken.
func readRequest(text string) any {
	request := &livekit.CreateSIPDispatchRuleRequest{}
	if err := protojson.Unmarshal([]byte(text), request); err != nil {
		return readAnswer{Refused: err.Error()}
	}
	return stored(request.Validate(), request.DispatchRuleInfo())
}

func readInfo(text string) any {
	info := &livekit.SIPDispatchRuleInfo{}
	if err := protojson.Unmarshal([]byte(text), info); err != nil {
		return readAnswer{Refused: err.Error()}
	}
	return stored(info.Validate(), info)
}

func stored(invalid error, info proto.Message) any {
	written, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(info)
	if err != nil {
		return map[string]string{"broken": err.Error()}
	}
	answer := readAnswer{Info: written}
	if invalid != nil {
		answer.Invalid = invalid.Error()
	}
	return answer
}
