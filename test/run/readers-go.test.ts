import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { expectReaders, type Repository } from "./reading.ts";

/** `main.go`, of which these lines begin in line 3. */
const go = (...lines: string[]): Repository["files"] => ({
  "main.go": `package main\n\n${lines.join("\n")}\n`,
});

const repositories: Repository[] = [
  {
    idea: "keys of a map",
    files: go(
      "func main() {",
      '\tdata, err := os.ReadFile("sip/rule.json")',
      "\tif err != nil { log.Fatal(err) }",
      "\tvar rule map[string]any",
      "\tif err := json.Unmarshal(data, &rule); err != nil { log.Fatal(err) }",
      '\tfmt.Println(rule["trunk_ids"], rule["name"] == "x")',
      '\tif _, ok := rule["inbound_numbers"]; ok { return }',
      '\tfmt.Println(rule["_comment"], rule)',
      "}",
    ),
    readers: ["main.go:8 dispatch_rule.trunk_ids, dispatch_rule.name", "main.go:9 dispatch_rule.numbers"],
  },
  {
    idea: "a struct with tags, and a decoder",
    files: go(
      "type Rule struct {",
      '\tName     string   `json:"name"`',
      '\tTrunkIDs []string `json:"trunk_ids,omitempty"`',
      '\tNote     string   `json:"_note"`',
      "}",
      "func main() {",
      '\tf, _ := os.Open(filepath.Join("sip", "rule.json"))',
      "\tdefer f.Close()",
      "\tvar rule Rule",
      "\tjson.NewDecoder(f).Decode(&rule)",
      "\tfmt.Println(rule.Name)",
      "}",
    ),
    readers: ["main.go:12 dispatch_rule.name, dispatch_rule.trunk_ids"],
  },
  {
    idea: "a struct without a name",
    files: go(
      "func main() {",
      '\tdata, _ := os.ReadFile("sip/rule.json")',
      "\tvar rule struct {",
      '\t\tRule json.RawMessage `json:"rule"`',
      "\t}",
      "\t_ = json.Unmarshal(data, &rule)",
      "}",
    ),
    readers: ["main.go:8 dispatch_rule.rule"],
  },
  {
    idea: "keys of a map that are set, and the file written again",
    files: go(
      'const file = "sip/rule.json"',
      "func main() {",
      "\tdata, _ := os.ReadFile(file)",
      "\trule := map[string]interface{}{}",
      "\tjson.Unmarshal(data, &rule)",
      '\trule["trunk_ids"] = []string{os.Getenv("TRUNK")}',
      '\tdelete(rule, "metadata")',
      '\trule["rule"].(map[string]any)["dispatch_rule_direct"] = direct',
      '\tout, _ := json.MarshalIndent(rule, "", "  ")',
      "\tos.WriteFile(file, out, 0o644)",
      "}",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["main.go:8 sets trunk_ids", "main.go:9 sets metadata", "main.go:10 sets rule"],
  },
  {
    idea: "a struct that is changed, and the file written again",
    files: go(
      'type Rule struct { Name string `json:"name"`; Trunks []string `json:"trunk_ids"` }',
      "func main() {",
      '\tdata, _ := os.ReadFile("sip/rule.json")',
      "\tvar rule Rule",
      "\tjson.Unmarshal(data, &rule)",
      '\trule.Trunks = append(rule.Trunks, "ST_8mWc2LqXoRbA")',
      "\tout, _ := json.Marshal(rule)",
      '\tos.WriteFile("sip/rule.json", out, 0o644)',
      "}",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["main.go:8 sets trunk_ids", "main.go:10 writes name, trunk_ids"],
  },
  {
    idea: "a struct that is changed for itself alone",
    files: go(
      'type Rule struct { Name string `json:"name"` }',
      "func main() {",
      '\tdata, _ := os.ReadFile("sip/rule.json")',
      "\trule := &Rule{}",
      "\tjson.Unmarshal(data, rule)",
      "\trule.Name = strings.TrimSpace(rule.Name)",
      "}",
    ),
    readers: ["main.go:7 dispatch_rule.name"],
  },
  {
    idea: "a message that takes both forms",
    files: go(
      "func create(ctx context.Context, client *lksdk.SIPClient) error {",
      '\tdata, err := os.ReadFile("sip/rule.json")',
      "\treq := &livekit.CreateSIPDispatchRuleRequest{}",
      "\tif err := protojson.Unmarshal(data, req); err != nil { return err }",
      "\t_, err = client.CreateSIPDispatchRule(ctx, req)",
      "\treturn err",
      "}",
    ),
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "a message that takes both forms, of which the code knows one",
    files: go(
      "func create(ctx context.Context) {",
      '\tdata, err := os.ReadFile("sip/rule.json")',
      "\tvar req livekit.CreateSIPDispatchRuleRequest",
      "\terr = protojson.Unmarshal(data, &req)",
      "\tlog.Println(req.Name, req.GetTrunkIds(), req.String())",
      "}",
    ),
    verdict: "create-evidence",
    readers: ["main.go:7 dispatch_rule.name, dispatch_rule.trunk_ids"],
  },
  {
    idea: "a message whose fields are set",
    files: go(
      "func create(ctx context.Context) {",
      '\tdata, err := os.ReadFile("sip/rule.json")',
      "\treq := new(livekit.CreateSIPDispatchRuleRequest)",
      "\terr = (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(data, req)",
      "\treq.TrunkIds = trunks",
      "\tclient.CreateSIPDispatchRule(ctx, req)",
      "}",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["main.go:7 sets trunk_ids"],
  },
  {
    idea: "a bare rule",
    files: go(
      "func create(ctx context.Context) {",
      '\tdata, err := os.ReadFile("sip/rule.json")',
      "\tinfo := &livekit.SIPDispatchRuleInfo{}",
      "\terr = protojson.Unmarshal(data, info)",
      "\treq := &livekit.CreateSIPDispatchRuleRequest{DispatchRule: info}",
      "\tclient.CreateSIPDispatchRule(ctx, req)",
      "}",
    ),
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "functions that load what they are told to",
    files: {
      ...go(
        "func load(path string) (map[string]any, error) {",
        "\tdata, err := os.ReadFile(path)",
        "\tif err != nil { return nil, err }",
        "\tvar m map[string]any",
        "\treturn m, json.Unmarshal(data, &m)",
        "}",
        "func main() {",
        '\tother, _ := load("other.json")',
        '\trule, err := load("sip/rule.json")',
        '\tfmt.Println(other["trunk_ids"], rule["name"])',
        "}",
      ),
      "other.json": "{}",
    },
    readers: ["main.go:12 dispatch_rule.name"],
  },
  {
    idea: "a test with an embedded file",
    files: {
      "sip/rule_test.go":
        'package sip\n\nimport _ "embed"\n\n//go:embed rule.json\nvar file []byte\n\nfunc TestName(t *testing.T) {\n\tvar got map[string]any\n\trequire.NoError(t, json.Unmarshal(file, &got))\n\tassert.Equal(t, "desk", got["name"])\n}\n',
    },
    readers: ["sip/rule_test.go:11 dispatch_rule.name"],
  },
  {
    idea: "a generator",
    files: go(
      "func main() {",
      '\trule := map[string]any{"name": "desk", "trunk_ids": []string{trunk}, "_by": "gen"}',
      "\tf, _ := os.Create(`sip/rule.json`)",
      "\tenc := json.NewEncoder(f)",
      '\tenc.SetIndent("", "  ")',
      "\tenc.Encode(rule)",
      "}",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["main.go:8 writes name, trunk_ids"],
  },
  {
    idea: "a generator that knows the wrapper, and code that knows both forms",
    files: go(
      "func main() {",
      '\tout, _ := json.Marshal(map[string]any{"dispatch_rule": rule})',
      '\tos.WriteFile("sip/rule.json", out, 0o644)',
      '\tdata, _ := os.ReadFile("sip/rule.json")',
      "\tvar m map[string]any",
      "\tjson.Unmarshal(data, &m)",
      '\tif inner, ok := m["dispatch_rule"].(map[string]any); ok { m = inner }',
      '\tlog.Print(m["name"])',
      "}",
    ),
    readers: [],
  },
  {
    idea: "commands, and requests of which it is the body",
    files: go('func main() { exec.Command("lk", "sip", "dispatch", "create", "sip/rule.json").Run() }'),
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "a request of which it is the body",
    files: go(
      "func main() {",
      '\tbody, _ := os.ReadFile("sip/rule.json")',
      '\thttp.Post(host+"/twirp/livekit.SIP/UpdateSIPDispatchRule", "application/json", bytes.NewReader(body))',
      "}",
    ),
    verdict: "update-evidence",
    readers: [],
  },
];

describe("whoever reads a file that migrates is told, in Go", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories)("$idea", async (repository) => expectReaders(folder.path, repository));
});
