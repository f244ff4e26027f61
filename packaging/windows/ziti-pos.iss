; What a shop installs on Windows, made with Inno Setup 6.3 or newer of the folder that PyInstaller has built (docs/windows.md).
; Per machine. What the shop has recorded is in its users' own folders, which neither the set-up nor its removal touches.

#define Root AddBackslash(SourcePath) + "..\.."
#define Bundle Root + "\dist\ziti-pos"
#define Program "ziti-pos.exe"
; From pyproject.toml by way of the program itself, so that the two cannot disagree (packaging/ziti-pos.spec).
#define Version GetStringFileInfo(Bundle + "\" + Program, "ProductVersion")

[Setup]
AppId={{7C0E4B5D-3E0A-4C55-9B1F-6D2A90C5E1B7}
AppName=Ziti POS
AppVersion={#Version}
AppPublisher=Ziti POS contributors
DefaultDirName={autopf}\Ziti POS
DefaultGroupName=Ziti POS
DisableProgramGroupPage=yes
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
LicenseFile={#Root}\LICENSE
SetupIconFile={#Root}\build\ziti-pos.ico
UninstallDisplayIcon={app}\{#Program}
OutputDir={#Root}\dist
OutputBaseFilename=ziti-pos-{#Version}-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ShowLanguageDialog=auto
; The window asks its clerk first when something has not reached HQ: Windows' restart manager closes it as a user does.
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "zh"; MessagesFile: "compiler:Default.isl,zh-CN.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
en.Autostart=Start with Windows, for everybody who signs in
zh.Autostart=开机登录后自动启动（对所有用户）
en.SmallShop=Ziti POS for a small shop
zh.SmallShop=自提收银台（单店版）
en.Doctor=Check this machine
zh.Doctor=检查本机
en.Kept=What this till has recorded is kept in each user's folder, in AppData\Local\ZitiPOS. Delete it by hand if HQ has everything and nobody needs it.
zh.Kept=本收银台的数据仍保留在各用户文件夹的 AppData\Local\ZitiPOS 中。确认总部已收到全部数据且不再需要后，可手动删除。

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"
Name: "autostart"; Description: "{cm:Autostart}"; GroupDescription: "{cm:AutoStartProgramGroupDescription}"; Flags: unchecked

[InstallDelete]
; Of an older version nothing may stay beside the new one's libraries; there is no data in this folder.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{group}\Ziti POS"; Filename: "{app}\{#Program}"
Name: "{group}\{cm:SmallShop}"; Filename: "{app}\{#Program}"; Parameters: "shop"
Name: "{group}\{cm:Doctor}"; Filename: "{cmd}"; Parameters: "/k """"{app}\ziti-hq.exe"" doctor"""
Name: "{group}\{cm:UninstallProgram,Ziti POS}"; Filename: "{uninstallexe}"
Name: "{autodesktop}\Ziti POS"; Filename: "{app}\{#Program}"; Tasks: desktopicon
Name: "{commonstartup}\Ziti POS"; Filename: "{app}\{#Program}"; Tasks: autostart

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,Ziti POS}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox(CustomMessage('Kept'), mbInformation, MB_OK);
end;
