import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { expectReaders, type Repository } from "./reading.ts";

const repositories: Repository[] = [
  {
    idea: "Ruby",
    files: {
      "a.rb": 'rule = JSON.parse(File.read("sip/rule.json"))\nputs rule["trunk_ids"], rule.fetch("name")\n',
      "b.rb": "puts JSON.parse(File.read(File.join(__dir__, 'sip', 'rule.json')))['metadata']\n",
    },
    readers: ["a.rb:2 dispatch_rule.trunk_ids, dispatch_rule.name", "b.rb:1 dispatch_rule.metadata"],
  },
  {
    idea: "Ruby that sets",
    files: {
      "a.rb":
        'path = "sip/rule.json"\nrule = JSON.parse(File.read(path))\nrule["name"] = "x"\nFile.write(path, JSON.pretty_generate(rule))\n',
    },
    verdict: "unfollowed-use",
    readers: [],
    setters: ["a.rb:3 sets name"],
  },
  {
    idea: "Java, C#, PHP and Rust",
    files: {
      "A.java":
        'class A {\n  JsonNode rule = mapper.readTree(new File("sip/rule.json"));\n  String name = rule.get("name").asText();\n}\n',
      "B.cs":
        'var json = File.ReadAllText("sip/rule.json");\nvar doc = JsonDocument.Parse(json);\nvar t = doc.RootElement.GetProperty("trunk_ids");\n',
      "c.php":
        '<?php\n$rule = json_decode(file_get_contents(__DIR__ . "/sip/rule.json"), true);\necho $rule["trunk_ids"][0];\n',
      "d.rs":
        'let rule: Value = serde_json::from_str(&fs::read_to_string("sip/rule.json")?)?;\nprintln!("{}", rule["trunk_ids"]);\n',
    },
    readers: [
      "A.java:3 dispatch_rule.name",
      "B.cs:3 dispatch_rule.trunk_ids",
      "c.php:3 dispatch_rule.trunk_ids",
      "d.rs:2 dispatch_rule.trunk_ids",
    ],
  },
  {
    idea: "classes into which it is read",
    files: {
      "a.rs":
        'let rule: Rule = serde_json::from_reader(File::open("sip/rule.json")?)?;\nuse_it(rule.trunk_ids);\n',
    },
    readers: ["a.rs:1 dispatch_rule"],
  },
  {
    idea: "commands",
    files: { "a.rb": 'system("lk sip dispatch create sip/rule.json")\n' },
    verdict: "create-evidence",
    readers: [],
  },
  {
    idea: "a list of words",
    files: {
      "a.kt":
        'ProcessBuilder("lk", "sip", "dispatch", "update", "--id", id, "sip/rule.json").start()\nProcessBuilder("lk", "sip", "dispatch", "update", "sip/rule.json").start()\n',
    },
    verdict: "update-evidence",
    readers: [],
  },
  {
    idea: "what knows both forms, what is something else, and what only speaks of the file",
    files: {
      "a.rb":
        'rule = JSON.parse(File.read("sip/rule.json"))\nrule = rule["dispatch_rule"] || rule\nputs rule["name"]\n',
      "b.rb":
        '# reads sip/rule.json\nother = JSON.parse(File.read("x.json"))\nputs other["name"] # not "sip/rule.json"\n',
      "c.php": '<?php\necho "see sip/rule.json";\necho $user["name"];\n',
    },
    readers: [],
  },
];

describe("whoever reads a file that migrates is told, in languages that are not followed", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories)("$idea", async (repository) => expectReaders(folder.path, repository));
});
